//! The server: bytes of requests to bytes of answers.

use tl_generated::mtproto::constructors::{RpcError, RpcResult};
use tl_generated::telegram_228::constructors::{Contact, ContactStatus, PeerUser, TopPeer, TopPeerCategoryPeers, User};
use tl_generated::telegram_228::errors::Error;
use tl_generated::telegram_228::{constructors, functions, types};
use tlgen_runtime::{Combinator, Decode, DecodeError, Encode, EncodeError, Function, Object};

/// A server with the data of one user.
#[derive(Clone, Debug)]
pub struct Server {
    people: Vec<Person>,
}

/// A contact of the user.
#[derive(Clone, Debug)]
pub struct Person {
    /// The identifier of the account.
    pub id: i64,
    /// The first name.
    pub name: String,
    /// Whether the user is a contact of that person too.
    pub mutual: bool,
    /// How often the user writes to that person.
    pub rating: f64,
}

/// Why there is no answer.
type Refusal = RpcError;

impl Server {
    /// A server with these contacts.
    #[must_use]
    pub fn new(people: Vec<Person>) -> Self {
        Self { people }
    }

    /// The `rpc_result` for a request that came in the message `message`.
    ///
    /// # Errors
    /// When the answer cannot be encoded, which would be a mistake of the server.
    pub fn answer(&self, message: i64, request: &[u8]) -> Result<Vec<u8>, EncodeError> {
        let result = match self.dispatch(request) {
            Ok(result) => result?,
            Err(refusal) => Object::from_value(&refusal)?,
        };
        RpcResult { req_msg_id: message, result }.to_bytes()
    }

    /// Finds out which function is called, and calls it.
    fn dispatch(&self, request: &[u8]) -> Result<Result<Object, EncodeError>, Refusal> {
        let id = request.first_chunk().map(|id| u32::from_le_bytes(*id));
        match id.ok_or_else(|| refusal(400, "INPUT_METHOD_INVALID"))? {
            functions::contacts::GetContacts::ID => result(request, |request| Ok(self.contacts(request))),
            functions::contacts::GetStatuses::ID => result(request, |request| Ok(self.statuses(request))),
            functions::contacts::GetTopPeers::ID => result(request, |request| self.top_peers(request)),
            id => Err(refusal(400, &format!("INPUT_METHOD_INVALID_{id}"))),
        }
    }

    fn contacts(&self, request: &functions::contacts::GetContacts) -> types::contacts::Contacts {
        if request.hash != 0 && request.hash == self.hash() {
            return types::contacts::Contacts::NotModified;
        }
        let contacts = self.people.iter().map(|person| Contact { user_id: person.id, mutual: person.mutual });
        types::contacts::Contacts::Contacts(constructors::contacts::Contacts {
            contacts: contacts.collect(),
            saved_count: count(self.people.len()),
            users: self.people.iter().map(user).collect(),
        })
    }

    fn statuses(&self, _: &functions::contacts::GetStatuses) -> Vec<ContactStatus> {
        let status = |person: &Person| ContactStatus { user_id: person.id, status: types::UserStatus::Empty };
        self.people.iter().map(status).collect()
    }

    fn top_peers(&self, request: &functions::contacts::GetTopPeers) -> Result<types::contacts::TopPeers, Refusal> {
        let asked = [
            (request.correspondents, types::TopPeerCategory::Correspondents),
            (request.bots_pm, types::TopPeerCategory::BotsPm),
            (request.bots_inline, types::TopPeerCategory::BotsInline),
            (request.phone_calls, types::TopPeerCategory::PhoneCalls),
            (request.forward_users, types::TopPeerCategory::ForwardUsers),
            (request.forward_chats, types::TopPeerCategory::ForwardChats),
            (request.groups, types::TopPeerCategory::Groups),
            (request.channels, types::TopPeerCategory::Channels),
            (request.bots_app, types::TopPeerCategory::BotsApp),
            (request.bots_guestchat, types::TopPeerCategory::BotsGuestChat),
        ];
        let categories: Vec<_> = asked.into_iter().filter(|(asked, _)| *asked).map(|(_, category)| category).collect();
        if categories.is_empty() {
            return Err(known(&Error::TypesEmpty));
        }
        let place = |number: i32, name| usize::try_from(number).map_err(|_| refusal(400, name));
        let (offset, limit) = (place(request.offset, "OFFSET_INVALID")?, place(request.limit, "LIMIT_INVALID")?);
        let mut ranked: Vec<&Person> = self.people.iter().collect();
        ranked.sort_by(|a, b| b.rating.total_cmp(&a.rating).then(a.id.cmp(&b.id)));
        let page: Vec<&Person> = ranked.into_iter().skip(offset).take(limit).collect();
        let categories = categories.into_iter().map(|category| {
            // This server has no bots, groups or calls: only the ranking of people has somebody in it.
            let people = category == types::TopPeerCategory::Correspondents;
            let peer =
                |person: &&Person| TopPeer { peer: PeerUser { user_id: person.id }.into(), rating: person.rating };
            TopPeerCategoryPeers {
                category,
                count: if people { count(self.people.len()) } else { 0 },
                peers: if people { page.iter().map(peer).collect() } else { Vec::new() },
            }
        });
        let users = page.iter().map(|person| user(person)).collect();
        Ok(constructors::contacts::TopPeers::new(categories.collect(), Vec::new(), users).into())
    }

    /// The hash of the contact list, made as the documentation of `contacts.getContacts` says.
    #[must_use]
    pub fn hash(&self) -> i64 {
        let mut ids: Vec<i64> = self.people.iter().map(|person| person.id).collect();
        ids.sort_unstable();
        let numbers = [i64::from(count(self.people.len()))].into_iter().chain(ids);
        let hash = numbers.fold(0u64, |mut hash, number| {
            hash ^= hash >> 21;
            hash ^= hash << 35;
            hash ^= hash >> 4;
            hash.wrapping_add(number.cast_unsigned())
        });
        hash.cast_signed()
    }
}

/// Decodes a request, calls `function` and encodes what it returns.
fn result<F, R>(
    request: &[u8],
    function: impl FnOnce(&F) -> Result<R, Refusal>,
) -> Result<Result<Object, EncodeError>, Refusal>
where
    F: Function<Return = R> + for<'de> tlgen_runtime::DecodeBare<'de>,
    R: tlgen_runtime::Encode,
{
    let request: F = Decode::from_bytes(request).map_err(|_: DecodeError| refusal(400, "INPUT_REQUEST_INVALID"))?;
    function(&request).map(|value| Object::from_value(&value))
}

fn known(error: &Error) -> Refusal {
    RpcError { error_code: error.code(), error_message: error.text().into_owned() }
}

fn refusal(error_code: i32, error_message: &str) -> Refusal {
    RpcError { error_code, error_message: error_message.to_owned() }
}

fn user(person: &Person) -> types::User {
    let names = User { first_name: Some(person.name.clone()), ..User::new(person.id) };
    User { contact: true, mutual_contact: person.mutual, ..names }.into()
}

fn count(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
