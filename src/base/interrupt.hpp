#pragma once

namespace showergan {

/// Makes SIGINT and SIGTERM set a flag, so that long work stops at a safe point. A second signal,
/// half a second later or more, ends the program at once. Also makes a file-size limit an ordinary
/// write error. Called by the executable, never by the library.
void install_interrupt_handlers();

/// Whether the user asked to stop.
bool interrupted() noexcept;

/// Makes SIGUSR1 ask for the state of a long work to be saved, where it would end the program. For
/// commands that have something to save.
void install_save_handler();

/// Whether somebody has asked since the last call.
bool take_save_request() noexcept;

}  // namespace showergan
