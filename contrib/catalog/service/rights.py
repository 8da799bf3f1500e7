"""Who may do what at the Curator's desk."""

from core.api import Text

READ = "catalog.read"
SUBMIT = "catalog.submit"
CURATE = "catalog.curate"

PERMISSIONS = {
    READ: Text("ดูปลั๊กอินที่ส่งเข้าตรวจ", "See plugins that were handed in"),
    SUBMIT: Text("ส่งปลั๊กอินเข้าตรวจในนามผู้เผยแพร่", "Hand in plugins for a publisher"),
    CURATE: Text("ตรวจปลั๊กอินที่ส่งเข้ามา", "Look through plugins that were handed in"),
}
ROLES = {
    "officer": (READ, SUBMIT),
    "head": (READ, CURATE),
    "director": (READ, CURATE),
}
