using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>A probe that reads one part of a host's snapshot. The snapshot is fetched once for all of them.</summary>
/// <typeparam name="TRecord">What it says.</typeparam>
public abstract class HostProbe<TRecord> : Probe<Host, TRecord>
    where TRecord : class
{
    private const int ExcerptCap = 400;

    /// <summary>The manifest of a probe of hosts, all alike but for their words.</summary>
    /// <param name="name">Behind <c>classified-protection.</c></param>
    /// <param name="title">For people.</param>
    /// <param name="question">A sentence.</param>
    protected static ProbeManifest About(string name, string title, string question) => HostManifest.Of<TRecord>(name, title, question);

    protected override async Task<ProbeOutcome> ObserveAsync(Host target, ProbeContext context, CancellationToken cancellationToken)
    {
        var snapshot = await HostSnapshots.OfAsync(target, context, cancellationToken);
        var all = ReadAll(snapshot, RunningValues.Of(target, Products, context));
        return all[0].Record is null
            ? new NotNeeded(all[0].WhyNot!)
            : new Observed([.. all.SelectMany(s => Said(target, context, snapshot, s).Observations)]);
    }

    private Observed Said(Host target, ProbeContext context, HostSnapshot snapshot, Seen<TRecord> seen) => seen.Excerpt.Count == 0
        ? Saw(target, context, seen.Record!)
        : Saw(target, context, seen.Record!, context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "excerpt.txt", "text/plain", Encoding.UTF8.GetBytes(Text(seen.Excerpt)), $"{Manifest.Title}：有关的配置行与命令输出，秘密已抹去；取自{snapshot.Origin}")));

    /// <summary>Pure.</summary>
    /// <exception cref="UnableException">It cannot be said.</exception>
    internal abstract Seen<TRecord> Read(HostSnapshot snapshot);

    /// <summary>Pure. One record an instance, where a host may have several; never empty.</summary>
    /// <exception cref="UnableException">It cannot be said.</exception>
    internal virtual IReadOnlyList<Seen<TRecord>> ReadAll(HostSnapshot snapshot) => [Read(snapshot)];

    /// <summary>Databases whose scripts say what the running server really does.</summary>
    internal virtual IReadOnlyList<DatabaseProduct> Products => [];

    /// <summary>Pure. As the other, with what the running databases of the host said; their word goes before the files'.</summary>
    /// <exception cref="UnableException">It cannot be said.</exception>
    internal virtual IReadOnlyList<Seen<TRecord>> ReadAll(HostSnapshot snapshot, IReadOnlyList<RunningValues> running) => ReadAll(snapshot);

    private static string Text(IReadOnlyList<ConfigLine> lines)
    {
        var shown = lines.Take(ExcerptCap).Select(l => $"{(l.Number > 0 ? l.Place : l.Path)}: {(l.Text.Length > 500 ? l.Text[..500] + "…" : l.Text)}\n");
        return string.Concat(shown) + (lines.Count > ExcerptCap ? $"……共 {lines.Count} 行\n" : "");
    }
}

/// <summary>What a reader saw, with the lines it saw it in; or why the question does not arise.</summary>
internal sealed record Seen<TRecord>(TRecord? Record, IReadOnlyList<ConfigLine> Excerpt, string? WhyNot = null)
    where TRecord : class
{
    public static Seen<TRecord> Nothing(string why) => new(null, [], why);
}
