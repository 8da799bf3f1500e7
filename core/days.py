"""The names of months and weekdays."""

from core.text import Text

MONTHS = (
    Text("มกราคม", "January"),
    Text("กุมภาพันธ์", "February"),
    Text("มีนาคม", "March"),
    Text("เมษายน", "April"),
    Text("พฤษภาคม", "May"),
    Text("มิถุนายน", "June"),
    Text("กรกฎาคม", "July"),
    Text("สิงหาคม", "August"),
    Text("กันยายน", "September"),
    Text("ตุลาคม", "October"),
    Text("พฤศจิกายน", "November"),
    Text("ธันวาคม", "December"),
)
# In the order of ``date.weekday()``: Monday is 0.
WEEKDAYS = (
    Text("จันทร์", "Monday"),
    Text("อังคาร", "Tuesday"),
    Text("พุธ", "Wednesday"),
    Text("พฤหัสบดี", "Thursday"),
    Text("ศุกร์", "Friday"),
    Text("เสาร์", "Saturday"),
    Text("อาทิตย์", "Sunday"),
)
