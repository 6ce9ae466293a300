namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One simple command of a shell script.</summary>
/// <param name="Words">Without quotes; an expansion keeps its dollar sign.</param>
/// <param name="IsSure">It runs whenever the file is read: in no branch, loop, function or subshell, and behind nothing that may end the file.</param>
/// <param name="Around">The first words of what it stands in.</param>
/// <param name="Line">Where it begins.</param>
internal sealed record ShellCommand(string[] Words, bool IsSure, IReadOnlyList<string> Around, ConfigLine Line);
