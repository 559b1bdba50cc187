"""A form for the field tests, of the shape of the office's own, and answers to it; photos of noise that no codec shrinks."""

import random
from io import BytesIO

from PIL import Image

from safemonth.collect.forms.actions import add_form
from safemonth.collect.forms.models import FormVersion
from tests.cast import AT

LANGUAGES = "label::简体中文 (zh) | label::English (en) | hint::简体中文 (zh) | hint::English (en) | default"
FORM = f"""
| survey |
| | type | name | {LANGUAGES} | required | constraint | constraint_message::简体中文 (zh) | constraint_message::English (en) | safemonth |
| | select_one_from_file units.csv | unit | 单位 | Unit | | | | yes | | | | unit |
| | text | title | 活动名称 | What was done | | | | yes | | | | title |
| | date | held_on | 日期 | Day | | | 2019-06-10 | yes | | | | from_on |
| | integer | leaflets | 发放宣传资料（份） | Leaflets handed out | 只填实际发放的份数 | Only what was handed out | | | . >= 0 | 不能小于零 | Not below nought | leaflets_distributed |
| | select_one yn | rain | 是否下雨 | Did it rain | | | | | | | | |
| | begin repeat | shots | 照片 | Photos | | | | | | | | |
| | image | photo | 现场照片 | Photo of it | | | | | | | | evidence |
| | end repeat | | | | | | | | | | | |
| | text | remark | 备注 | Remark | | | | | | | | note |
| choices |
| | list_name | name | label::简体中文 (zh) | label::English (en) |
| | yn | y | 是 | Yes, it did |
| | yn | n | 否 | No, it did not |
| settings |
| | form_title | form_id | version | default_language | safemonth_purpose |
| | {{title}} | {{code}} | {{version}} | 简体中文 (zh) | activity |
"""


def offer_form(*, code: str = "field-test", version: str = "1", title: str = "活动报告（试）") -> FormVersion:
    """Put the form among the office's."""
    text = FORM.replace("{title}", title).replace("{code}", code).replace("{version}", version)
    made, _is_new = add_form(data=text.encode(), file_name=f"{code}.md", by="clerk", at=AT)
    return made


def answers(
    *, instance_id: str = "uuid:1", photos: tuple[str, ...] = (), title: str = "咨询日", code: str = "field-test"
) -> bytes:
    """Answers to the form as the widget writes them."""
    shots = "".join(f"<shots><photo>{name}</photo></shots>" for name in photos)
    return (
        f'<data xmlns:orx="http://openrosa.org/xforms" id="{code}" version="1"><unit>1301</unit><title>{title}</title>'
        f"<held_on>2019-06-10</held_on><leaflets>200</leaflets><rain>n</rain>{shots}<remark/>"
        f"<orx:meta><orx:instanceID>{instance_id}</orx:instanceID></orx:meta></data>"
    ).encode()


def noise_photo(seed: int, *, size_bytes: int = 1_200_000) -> bytes:
    """A JPEG of about that size: noise, so that it is as large as it looks."""
    # 0.68 bytes a pixel at quality 80.
    side = max(16, int((size_bytes / 0.68) ** 0.5))
    image = Image.frombytes("RGB", (side, side), random.Random(seed).randbytes(side * side * 3))
    file = BytesIO()
    image.save(file, "JPEG", quality=80)
    return file.getvalue()
