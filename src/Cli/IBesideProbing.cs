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

    /// <returns>True where what was seen is worse than the command line allows.</returns>
    Task<bool> EndAsync(ParseResult parsed, IReadOnlyList<ProbeRecord> records);
}
