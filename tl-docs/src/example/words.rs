//! Sample values by the names of fields: what a reader expects in them.

/// Text for a field.
pub(super) fn text(name: &str) -> &'static str {
    match name {
        "phone_number" | "phone" => "+15550100",
        "username" => "ada_lovelace",
        "first_name" => "Ada",
        "last_name" => "Lovelace",
        "title" => "Analytical Engine",
        "message" | "text" | "caption" => "Hello!",
        "lang_code" | "system_lang_code" => "en",
        "q" | "query" => "engine",
        "url" | "link" => "https://example.org/",
        "email" => "ada@example.org",
        "api_hash" => "0123456789abcdef0123456789abcdef",
        "device_model" => "Desktop",
        "system_version" => "1.0",
        "app_version" => "1.0.0",
        "country" | "country_code" | "country_iso2" => "GB",
        "currency" => "EUR",
        "emoticon" | "emoji" => "👍",
        "file_name" => "engine.pdf",
        "mime_type" => "application/pdf",
        "phone_code" | "code" => "12345",
        "lang_pack" | "offset" | "next_offset" | "start_param" => "",
        "reason" | "about" | "description" => "An example.",
        _ => "example",
    }
}

/// An integer of 32 bits for a field.
pub(super) fn int(name: &str, layer: Option<u32>) -> String {
    match name {
        "layer" => layer.unwrap_or(1).to_string(),
        "limit" => "100".to_owned(),
        "offset" | "add_offset" | "offset_id" | "offset_date" | "min_id" | "max_id" | "hash" | "flags" => {
            "0".to_owned()
        }
        "api_id" => "12_345".to_owned(),
        "dc_id" => "2".to_owned(),
        "w" | "width" => "1280".to_owned(),
        "h" | "height" => "720".to_owned(),
        "id" | "msg_id" | "reply_to_msg_id" | "top_msg_id" => "42".to_owned(),
        // 1 January 2026 in Unix time.
        _ if name == "date" || name.ends_with("_date") || name.ends_with("_at") => "1_767_225_600".to_owned(),
        _ if name.ends_with("_id") => "123_456".to_owned(),
        _ => "1".to_owned(),
    }
}

/// An integer of 64 bits for a field.
pub(super) fn long(name: &str) -> &'static str {
    match name {
        "hash" | "offset_id" | "offset_rate" | "max_id" | "min_id" => "0",
        "access_hash" => "-4_156_887_774_564",
        "random_id" | "query_id" => "5_577_006_791_947_779_410",
        "id" => "123_456_789",
        _ if name.ends_with("_id") => "123_456_789",
        _ => "1",
    }
}

/// A floating-point number for a field.
pub(super) fn double(name: &str) -> &'static str {
    match name {
        "lat" | "latitude" => "51.5",
        "long" | "longitude" => "-0.12",
        _ => "1.0",
    }
}
