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

    /// <summary>Ports, pages and accounts to look for: data of the rules.</summary>
    public IReadOnlyList<ServiceTable> Services { get; init; } = [];

    /// <summary>What secrets in source look like: data of the rules.</summary>
    public IReadOnlyList<SecretTable> Secrets { get; init; } = [];

    /// <summary>Famous flaws of components: data of the rules.</summary>
    public IReadOnlyList<KnownFlawTable> KnownFlaws { get; init; } = [];

    /// <summary>What the numbers of code analyzers mean: data of the rules.</summary>
    public IReadOnlyList<EngineRuleTable> Engines { get; init; } = [];

    /// <summary>What is looked for in source text: data of the rules.</summary>
    public IReadOnlyList<CodePatternTable> Patterns { get; init; } = [];

    public bool AllowIntrusive { get; init; }

    /// <summary>What the candidate names; the dialer and the shells hold themselves to it.</summary>
    public Scope Scope { get; init; } = Scope.Of([]);

    /// <summary>Reads below <paramref name="root"/> and nowhere else; links are not followed.</summary>
    /// <exception cref="UnableException">The folder does not exist or may not be read.</exception>
    public static FileTree OpenFiles(string root) => FileTree.Open(root);
}
