//! What a data centre says of itself: `help.getConfig`.

use tlgen_runtime::Combinator;

use super::{AnswerFuture, Handler, at_once};
use crate::call::{Call, encoded};
use crate::clock::unix_time;
use crate::generated::session::{constructors, functions, types};

/// For how long a configuration is good, in seconds.
const LIFETIME: i32 = 3600;

/// A data centre with one server, this one.
pub(crate) struct DataCentre {
    pub(crate) id: i32,
    pub(crate) port: u16,
}

impl Handler for DataCentre {
    fn answer(&self, call: &Call) -> Option<AnswerFuture> {
        (call.id() == functions::help::GetConfig::ID).then(|| at_once(encoded(Ok(self.config()))))
    }
}

impl DataCentre {
    /// The limits are those of the real one, as far as clients make use of them.
    fn config(&self) -> types::Config {
        let now = unix_time();
        constructors::Config {
            date: now,
            expires: now.saturating_add(LIFETIME),
            test_mode: true,
            this_dc: self.id,
            dc_options: vec![constructors::DcOption {
                r#static: true,
                ..constructors::DcOption::new(self.id, "127.0.0.1".into(), self.port.into())
            }],
            chat_size_max: 200,
            megagroup_size_max: 200_000,
            forwarded_count_max: 100,
            online_update_period_ms: 210_000,
            offline_blur_timeout_ms: 5_000,
            offline_idle_timeout_ms: 30_000,
            online_cloud_timeout_ms: 300_000,
            notify_cloud_delay_ms: 30_000,
            notify_default_delay_ms: 1_500,
            push_chat_period_ms: 60_000,
            push_chat_limit: 2,
            edit_time_limit: 172_800,
            revoke_time_limit: i32::MAX,
            revoke_pm_time_limit: i32::MAX,
            rating_e_decay: 2_419_200,
            stickers_recent_limit: 200,
            call_receive_timeout_ms: 20_000,
            call_ring_timeout_ms: 90_000,
            call_connect_timeout_ms: 30_000,
            call_packet_timeout_ms: 10_000,
            caption_length_max: 1_024,
            message_length_max: 4_096,
            webfile_dc_id: self.id,
            ..constructors::Config::default()
        }
    }
}
