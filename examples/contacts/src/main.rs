//! `contacts`: asks for the contact list and the top peers, by a blocking client and by one that is awaited.

#![expect(clippy::print_stdout, reason = "this is what the program is for")]

use std::sync::Arc;

use tl_example_contacts::client::{Direct, LinkError, Remote};
use tl_example_contacts::server::{Person, Server};
use tl_generated::telegram_228::calls::Calls;
use tl_generated::telegram_228::errors::Error;
use tl_generated::telegram_228::functions::contacts::{GetContacts, GetTopPeers};
use tl_generated::telegram_228::types::contacts::{Contacts, TopPeers};
use tl_generated::telegram_228::types::{Peer, User};
use tlgen_runtime::rpc::{Invoke, InvokeAsync, InvokeError};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let person = |id, name: &str, mutual, rating| Person { id, name: name.to_owned(), mutual, rating };
    let people = vec![person(7, "Ada", true, 2.5), person(9, "Blaise", false, 0.5), person(11, "Grace", true, 8.25)];
    let server = Arc::new(Server::new(people));

    let client = Direct::new(Arc::clone(&server));
    print_contacts(&client.invoke(&GetContacts { hash: 0 })?);
    print_contacts(&client.contacts().get_contacts(server.hash()).wait()?);

    let client = Remote::start(server);
    let request = GetTopPeers { correspondents: true, groups: true, ..GetTopPeers::new(0, 2, 0) };
    print_top_peers(&client.invoke(&request).await?);
    let call = client.contacts().get_top_peers(1, 1, 0).with(|request| request.correspondents = true);
    print_top_peers(&call.await?);
    explain(client.contacts().get_top_peers(0, 2, 0).await)?;
    Ok(())
}

fn print_contacts(contacts: &Contacts) {
    match contacts {
        Contacts::NotModified => println!("contacts: nothing new"),
        Contacts::Contacts(found) => {
            println!("contacts: {}", found.saved_count);
            for contact in &found.contacts {
                println!("  {}{}", name(contact.user_id, &found.users), if contact.mutual { ", mutual" } else { "" });
            }
        }
    }
}

fn print_top_peers(peers: &TopPeers) {
    let TopPeers::TopPeers(found) = peers else { return println!("top peers: none") };
    for category in &found.categories {
        println!("top peers by {:?}: {}", category.category, category.count);
        for peer in &category.peers {
            if let Peer::User(user) = &peer.peer {
                println!("  {} {}", name(user.user_id, &found.users), peer.rating);
            }
        }
    }
}

/// Errors of the server are handled; the others end the program.
fn explain(answer: Result<TopPeers, InvokeError<LinkError>>) -> Result<(), InvokeError<LinkError>> {
    match answer {
        Ok(peers) => print_top_peers(&peers),
        Err(InvokeError::Rpc(error)) => match Error::from(error) {
            Error::TypesEmpty => println!("top peers: no category was chosen"),
            Error::FloodWait { seconds } => println!("top peers: in {seconds} s again"),
            other => println!("top peers: {other}"),
        },
        Err(error) => return Err(error),
    }
    Ok(())
}

fn name(id: i64, users: &[User]) -> &str {
    let names = users.iter().find_map(|user| match user {
        User::User(user) if user.id == id => user.first_name.as_deref(),
        _ => None,
    });
    names.unwrap_or("somebody")
}
