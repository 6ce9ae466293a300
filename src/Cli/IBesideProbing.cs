using System.CommandLine;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What one <c>probe</c> command does beside looking and showing.</summary>
internal interface IBesideProbing
{
    IReadOnlyList<Option> Options { get; }

    /// <summary>The store that probes are given.</summary>
    IEvidenceStore Around(IEvidenceStore store);

    /// <summary>Null where nothing may be kept for the next run.</summary>
    string? CacheFolder(ParseResult parsed, IReadOnlyList<Target> targets);

    /// <summary>The one probe this command line asks for; null for all.</summary>
    string? Only(ParseResult parsed) => null;

    /// <summary>Shows it also where observations are written to a file.</summary>
    bool ShowsBesideFiles(ParseResult parsed) => false;

    /// <summary>Shows what was seen in a way of its own.</summary>
    /// <returns>False where it has none.</returns>
    Task<bool> ShowAsync(ParseResult parsed, IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets) => Task.FromResult(false);

    /// <returns>True where what was seen is worse than the command line allows.</returns>
    Task<bool> EndAsync(ParseResult parsed, IReadOnlyList<ProbeRecord> records);
}
