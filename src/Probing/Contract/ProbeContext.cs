using Microsoft.Extensions.Logging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>All the I/O a probe may do. A unit test hands in its own parts.</summary>
public sealed class ProbeContext
{
    public required IDialer Dialer { get; init; }

    public required IToolRunner Tools { get; init; }

    public required IShellAccess Shells { get; init; }

    public required IEvidenceStore Evidence { get; init; }

    public required Redactor Redactor { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>What several probes of the run need of one target, such as a handshake transcript, is fetched once.</summary>
    public required SharedWork Shared { get; init; }

    /// <summary>Roots that this machine trusts.</summary>
    public IRootStore Roots { get; init; } = PlatformRootStore.Instance;

    /// <summary>What to look for: data of the rules.</summary>
    public ProbeTables Tables { get; init; } = ProbeTables.None;

    /// <summary>Verifies seals of papers whose format another room knows.</summary>
    public IPaperSeals Seals { get; init; } = NoPaperSeals.Instance;

    public bool AllowIntrusive { get; init; }

    /// <summary>Folder where results may be kept for the next run over the same files; null where none may. Its owner alone may write there.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>What the candidate names; the dialer and the shells hold themselves to it.</summary>
    public Scope Scope { get; init; } = Scope.Of([]);

    /// <summary>Reads below <paramref name="root"/> and nowhere else; links are not followed.</summary>
    /// <exception cref="UnableException">The folder does not exist or may not be read.</exception>
    public static FileTree OpenFiles(string root) => FileTree.Open(root);
}
