"""Who comes to the desk: nobody, staff without rights, an editor, a superuser."""

from django.contrib.auth.models import Group, User
from django.test import Client

from racing import editors

PASSWORD = "parc-ferme-test"


def client_of(kind: str) -> Client:
    """Give a signed-in client, or one of nobody."""
    client = Client()
    if kind == "anonymous":
        return client
    if kind == "superuser":
        user = User.objects.create_superuser(kind, password=PASSWORD)
    else:
        user = User.objects.create_user(kind, password=PASSWORD, is_staff=kind != "reader")
    if kind == "editor":
        user.groups.add(Group.objects.get(name=editors.NAME))
    client.force_login(user)
    return client
