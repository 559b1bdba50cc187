"""The pages of the media plan: deadlines first, and each step on a page of its own."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safemonth.collect.publicity.media.actions import Appearance, add_outlet, plan_placement, prove, say_made
from safemonth.collect.publicity.media.models import Outlet, Placement
from tests.cast import AT
from tests.collect.publicity.materials.printing import day

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def test_a_clerk_plans_a_speech_before_june_and_proves_that_it_was_broadcast(client: Any, county: Any):
    client.force_login(county.clerk)
    client.post("/media/outlets/new", {"name": "县电视台", "kind": "television", "unit": ""})
    plan = {"kind": "speech", "title": "副县长讲话", "outlet": Outlet.objects.get().pk, "unit": "d1"}
    client.post("/media/new", {**plan, "due_on": "2019-06-01", "is_before": "on", "example": ""})
    placement = Placement.objects.get()
    page = client.get("/media", headers=ENGLISH).content.decode()
    assert "overdue" in page
    assert "before 06-01" in page
    client.post(f"/media/{placement.pk}/made", {"made_on": "2019-05-31", "length_s": 600})
    file = SimpleUploadedFile("录像.mp4", b"\x00\x00\x00 ftypisom")
    client.post(f"/media/{placement.pk}/proof", {"file": file, "link": "", "note": "录像"})
    page = client.get(f"/media/{placement.pk}", headers=ENGLISH).content.decode()
    assert "proven" in page
    assert "appeared late" not in page
    assert "录像.mp4" in page


def test_only_what_a_kind_has_is_asked(client: Any, county: Any):
    outlet = add_outlet(name="县报", kind="newspaper", by="c", at=AT)
    told = {"campaign": county.campaign, "outlet": outlet, "unit": county.unit("d1"), "by": "c", "at": AT}
    article = plan_placement(kind="signed_article", title="署名文章", **told)
    film = plan_placement(kind="film", title="影片", **told)
    client.force_login(county.clerk)
    asked = {
        name: {field for field in ("times", "length_s", "area_cm2") if f'name="{field}"' in page}
        for name, page in (
            ("article", client.get(f"/media/{article.pk}/made").content.decode()),
            ("film", client.get(f"/media/{film.pk}/made").content.decode()),
        )
    }
    assert asked == {"article": {"area_cm2"}, "film": {"times", "length_s"}}


def test_a_link_that_is_no_web_address_is_refused(client: Any, county: Any):
    outlet = add_outlet(name="公众号", kind="online", by="c", at=AT)
    told = {"campaign": county.campaign, "outlet": outlet, "unit": county.unit("d1"), "by": "c", "at": AT}
    placement = plan_placement(kind="social_media", title="推文", **told)
    say_made(placement=placement, appearance=Appearance(made_on=day(2)), by="c", at=AT)
    client.force_login(county.clerk)
    for link in ("javascript:alert(1)", "file:///etc/passwd"):
        assert client.post(f"/media/{placement.pk}/proof", {"link": link}).status_code == 422
    assert Placement.objects.get().proof_link == ""


def test_a_stranger_gets_404_and_a_leader_reads_only(client: Any, county: Any):
    outlet = add_outlet(name="县报", kind="newspaper", by="c", at=AT)
    told = {"campaign": county.campaign, "outlet": outlet, "unit": county.unit("1301"), "by": "c", "at": AT}
    placement = plan_placement(kind="report", title="报道", **told)
    client.force_login(county.stranger)
    assert client.get(f"/media/{placement.pk}").status_code == 404
    assert client.post(f"/media/{placement.pk}/made", {"made_on": "2019-06-02"}).status_code == 404
    client.force_login(county.leader)
    assert client.get(f"/media/{placement.pk}").status_code == 200
    assert client.post(f"/media/{placement.pk}/made", {"made_on": "2019-06-02"}).status_code == 404
    assert Placement.objects.get().made_on is None


def test_what_the_plan_asks_of_the_database_does_not_grow(client: Any, county: Any):
    outlet = add_outlet(name="县报", kind="newspaper", by="c", at=AT)

    def planned(number: int) -> None:
        told = {"campaign": county.campaign, "outlet": outlet, "unit": county.unit("d1"), "by": "c", "at": AT}
        placement = plan_placement(kind="report", title=f"报道{number}", task=county.everyone, **told)
        say_made(placement=placement, appearance=Appearance(made_on=day(2)), by="c", at=AT)
        prove(placement=placement, files=[(f"cutting {number}".encode(), "x.txt", "web")], by="c", at=AT)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/media").status_code == 200
        return len(queries)

    client.force_login(county.clerk)
    planned(0)
    before = asked()
    for number in range(1, 8):
        planned(number)
    assert asked() == before <= 15
