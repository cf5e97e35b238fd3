"""A file manager's end of a drag, for the smoke test: a small window that gives the named files away.

GTK is spoken to directly, so that nothing has to be installed for it. `drag.py X Y FILE...`
"""
import ctypes
import pathlib
import sys

gtk = ctypes.CDLL("libgtk-3.so.0")
gobject = ctypes.CDLL("libgobject-2.0.so.0")
for name in ("gtk_window_new", "gtk_event_box_new", "gtk_label_new"):
    getattr(gtk, name).restype = ctypes.c_void_p


class Target(ctypes.Structure):
    _fields_ = [("target", ctypes.c_char_p), ("flags", ctypes.c_uint), ("info", ctypes.c_uint)]


URIS = [pathlib.Path(name).absolute().as_uri().encode() for name in sys.argv[3:]]
BUTTON_1, COPY, POPUP = 1 << 8, 1 << 1, 1
GIVE = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p
)


def give(_widget, _context, data, _info, _time, _user):
    array = (ctypes.c_char_p * (len(URIS) + 1))(*URIS, None)
    gtk.gtk_selection_data_set_uris(ctypes.c_void_p(data), array)


give = GIVE(give)
gtk.gtk_init(None, None)
window = ctypes.c_void_p(gtk.gtk_window_new(POPUP))
box = ctypes.c_void_p(gtk.gtk_event_box_new())
gtk.gtk_container_add(box, ctypes.c_void_p(gtk.gtk_label_new(b"drag me")))
gtk.gtk_container_add(window, box)
gtk.gtk_window_resize(window, 120, 60)
gtk.gtk_window_move(window, int(sys.argv[1]), int(sys.argv[2]))
target = Target(b"text/uri-list", 0, 0)
gtk.gtk_drag_source_set(box, BUTTON_1, ctypes.byref(target), 1, COPY)
gobject.g_signal_connect_data(box, b"drag-data-get", give, None, None, 0)
gtk.gtk_widget_show_all(window)
print("ready", flush=True)
gtk.gtk_main()
