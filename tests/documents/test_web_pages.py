"""Of a web page only what it tells is read, a line for each heading, paragraph, item and row."""

import pytest

from racing.reading.documents import Document, DocumentError, extract


def lines(html: str) -> list[str]:
    return extract(html.encode()).text.split("\n")


def test_scripts_styles_and_comments_are_no_text() -> None:
    page = """<!DOCTYPE html><html><head><title>Dijon</title><style>p{content:"P1 Brandl"}</style></head><body>
    <script>document.write("<p>Brandl wins</p>")</script><noscript>Brandl wins</noscript><template><p>Brandl</p></template>
    <h1>Ferrand wins</h1><!-- Brandl wins --><p onclick="alert('Brandl')">She leads <b>from</b> pole.</p>
    <svg><text>Brandl</text></svg><iframe src="x">Brandl</iframe></body></html>"""
    assert extract(page.encode()) == Document("Ferrand wins\nShe leads from pole.", "html")


def test_what_surrounds_a_report_is_left_out() -> None:
    page = """<html><body><header><a href="/">Racing News</a></header><nav><ul><li>Home</li></ul></nav>
    <div id="cookie-banner"><p>We use cookies.</p></div><div class="share-buttons">Share on</div>
    <main><h1>Ferrand wins</h1><p>She leads from pole and wins ahead of Otto Brandl.</p>
    <aside>Read also: Brandl wins in 2019</aside><div class="newsletter">Subscribe</div></main>
    <div class="related"><a>Brandl wins elsewhere</a></div><footer>Imprint</footer></body></html>"""
    assert lines(page) == ["Ferrand wins", "She leads from pole and wins ahead of Otto Brandl."]


@pytest.mark.parametrize(
    "box",
    [
        "<div id='onetrust-banner-sdk'>Nous utilisons des cookies.</div>",
        "<div id='tarteaucitronRoot'><p>Gestion des cookies</p><button>OK</button></div>",
        "<div class='CybotCookiebotDialog'>This website uses cookies</div>",
        "<div role='dialog' aria-modal='true'>Einwilligung</div>",
        "<ul class='pagination'><li>1</li><li>2</li></ul>",
        "<div class='site-footer'>Mentions légales</div>",
        "<div class='entry-footer'>Partager</div>",
    ],
)
def test_boxes_that_ask_for_consent_and_other_furniture_are_left_out(box: str) -> None:
    report = "<p>Ferrand gagne à Dijon devant Brandl, au terme d'une course longtemps indécise.</p>"
    assert lines(f"<body>{box}<main>{report}</main>{box}</body>") == [report[3:-4]]
    assert lines(f"<body>{box}<div>{report}</div></body>") == [report[3:-4]]


def test_a_page_s_header_that_holds_the_headline_is_kept() -> None:
    page = "<body><header><h1>Ferrand wins</h1></header><p>She leads from pole.</p><footer><h1>Imprint</h1></footer></body>"
    assert lines(page) == ["Ferrand wins", "She leads from pole."]


def test_furniture_within_furniture_is_left_out_once() -> None:
    furniture = "<div class='sidebar'>" * 300 + "<script>x</script>Brandl" + "</div>" * 300
    assert lines(f"<body><p>Ferrand wins at Dijon.</p>{furniture}</body>") == ["Ferrand wins at Dijon."]


def test_tables_beside_the_article_are_told_once() -> None:
    page = """<body><article><p>Ferrand wins at Dijon ahead of Brandl and Keane.</p></article>
    <table><tr><td>1</td><td><table><tr><td>Ferrand</td></tr></table></td></tr></table></body>"""
    assert lines(page) == ["1\tFerrand", "Ferrand wins at Dijon ahead of Brandl and Keane."]


def test_a_class_that_sounds_like_a_banner_does_not_hide_the_report() -> None:
    page = "<body class='cookie-set'><div class='modal'><p>Ferrand wins at Dijon ahead of Brandl.</p></div><p>End</p></body>"
    assert lines(page) == ["Ferrand wins at Dijon ahead of Brandl.", "End"]


def test_the_title_stands_first_where_the_page_has_no_headline() -> None:
    page = "<html><head><title>Touring Cup, Dijon</title></head><body><p>Ferrand wins.</p></body></html>"
    assert lines(page) == ["Touring Cup, Dijon", "Ferrand wins."]


def test_a_headline_outside_of_the_article_is_kept() -> None:
    page = (
        "<html><body><h1>Dijon, race 1</h1><article><p>Ferrand wins ahead of Otto Brandl.</p></article></body></html>"
    )
    assert lines(page) == ["Dijon, race 1", "Ferrand wins ahead of Otto Brandl."]


def test_rows_of_a_table_are_lines_and_cells_are_parted_by_tabs() -> None:
    page = """<table><caption>Race 1</caption><thead><tr><th>Pos</th><th>Driver</th><th></th></tr></thead>
    <tr><td>1</td><td>Camille<br>Ferrand</td><td>-</td></tr>
    <tr><td>2</td><td><p>Otto</p><p>Brandl</p></td><td>+1.2</td></tr></table>"""
    assert lines(page) == ["Race 1", "Pos\tDriver", "1\tCamille Ferrand\t-", "2\tOtto Brandl\t+1.2"]


def test_an_empty_first_cell_keeps_its_column() -> None:
    assert lines("<table><tr><td></td><td>Ferrand</td></tr></table>") == ["\tFerrand"]


def test_numbered_lists_show_the_numbers_that_the_page_shows() -> None:
    page = "<ol><li>Ferrand</li><li>Brandl</li></ol><ol start='11'><li>Keane</li><li value='15'>Roux</li><li>Weir</li></ol>"
    assert lines(page) == ["1. Ferrand", "2. Brandl", "11. Keane", "15. Roux", "16. Weir"]


def test_lines_broken_on_the_page_are_lines_and_lines_broken_in_the_source_are_not() -> None:
    assert lines("<p>1. Ferrand<br/>2. Brandl</p><p>A sentence\n   over two\tlines.</p>") == [
        "1. Ferrand",
        "2. Brandl",
        "A sentence over two lines.",
    ]


def test_text_shown_as_it_is_written_keeps_its_lines_and_what_aligns_them() -> None:
    assert lines("<pre>1.  Ferrand   30:01.2\n2.  <b>Brandl</b>    +1.2\n</pre>") == [
        "1.  Ferrand   30:01.2",
        "2.  Brandl    +1.2",
    ]


def test_what_the_page_hides_is_no_text() -> None:
    page = "<p>Ferrand wins.</p><p style='color:red; display: none'>Brandl wins.</p><p hidden>Keane wins.</p>"
    assert lines(page) == ["Ferrand wins."]


def test_entities_are_characters() -> None:
    assert lines("<p>L&eacute;a&nbsp;&amp;&#8239;Zo&euml; &lt;1&gt;</p>") == ["Léa & Zoë <1>"]


def test_the_page_s_own_word_on_its_encoding_counts() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Łukasz Żak wygrywa</p></body></html>'
    assert extract(page.encode("iso-8859-2")).text == "Łukasz Żak wygrywa"


def test_an_encoding_that_does_not_exist_does_no_harm() -> None:
    page = '<html><head><meta charset="klingon-8"></head><body><p>Été</p></body></html>'
    assert extract(page.encode("cp1252")).text == "Été"


def test_a_page_of_scripts_only_has_no_text() -> None:
    with pytest.raises(DocumentError) as caught:
        extract(b"<html><body><div id='root'></div><script>render()</script></body></html>")
    assert caught.value.code == "no_text"


def test_elements_nested_without_end_are_read_all_the_same() -> None:
    deep = "<div>" * 3000 + "Ferrand wins" + "</div>" * 3000
    assert lines(f"<html><body><p>Dijon</p>{deep}</body></html>") == ["Dijon", "Ferrand wins"]
