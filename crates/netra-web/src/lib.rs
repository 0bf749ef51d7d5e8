//! HTTP: public pages and desks
