using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// A probe of what databases keep inside, out of the outputs of the SQL scripts that were handed in with a host. One observation an instance:
/// of several the worst counts.
/// </summary>
/// <typeparam name="TRecord">What it says.</typeparam>
public abstract class DatabaseProbe<TRecord> : Probe<Host, TRecord>
    where TRecord : class
{
    private const int ExcerptCap = 2000;

    /// <summary>Products it reads.</summary>
    internal abstract IReadOnlyList<DatabaseProduct> Products { get; }

    /// <summary>The manifest, all alike but for their words.</summary>
    /// <param name="name">Behind <c>classified-protection.</c></param>
    /// <param name="title">For people.</param>
    /// <param name="question">A sentence.</param>
    protected static ProbeManifest About(string name, string title, string question) => HostManifest.Of<TRecord>(name, title, question);

    protected override async Task<ProbeOutcome> ObserveAsync(Host target, ProbeContext context, CancellationToken cancellationToken)
    {
        var today = BeijingTime.DayOf(context.Clock.GetUtcNow());
        var outputs = target.Databases.Select(d => Open(d, today)).Where(o => Products.Contains(o.Output.Product)).ToList();
        if (outputs.Count == 0)
        {
            var snapshot = target is { Address: null, Bundle: null, Root: null, Local: false } ? null : await HostSnapshots.OfAsync(target, context, cancellationToken);
            var name = string.Join("、", DatabaseScripts.All.Where(a => Products.Contains(a.Product)).Select(a => a.Name));
            return snapshot is null || !MayBeOn(snapshot)
                ? new NotNeeded(snapshot is null ? $"交来的数据库输出里没有{name}" : $"主机上没有发现{name}")
                : new Unable(FailureKind.BadInput, $"{name}的账户与策略在库里，没有交来 SQL 脚本的输出：securitycheck collect --sql 打印脚本，执行后写进 hosts[].databases");
        }

        return new Observed([.. outputs.GroupBy(o => (o.Output.Product, o.Output.Instance)).SelectMany(g => Saw(target, context, Read([.. g.Select(o => o.Output)]), Kept(target, context, [.. g])).Observations)]);
    }

    /// <summary>Whether the host shows signs of the product.</summary>
    internal abstract bool MayBeOn(HostSnapshot snapshot);

    /// <summary>Pure. What the outputs of one instance say together: accounts with separate duties see separate parts.</summary>
    /// <exception cref="UnableException">It cannot be said.</exception>
    internal abstract TRecord Read(IReadOnlyList<DatabaseOutput> outputs);

    /// <summary>All facts of a kind in any of the outputs, each once; null where none could list them.</summary>
    /// <exception cref="UnableException">Two outputs say different things of one.</exception>
    internal static IReadOnlyList<DatabaseFact>? Whole(IReadOnlyList<DatabaseOutput> outputs, string kind)
    {
        var lists = outputs.Select(o => o.Whole(kind)).OfType<IReadOnlyList<DatabaseFact>>().ToList();
        List<DatabaseFact> all = [.. lists.SelectMany(l => l).DistinctBy(f => f.Line, StringComparer.Ordinal)];
        var twice = all.GroupBy(f => string.Join(" | ", f.Values.Take(kind is "account" or "lock" ? 2 : kind is "edge" ? 4 : 1)), StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is not null ? throw new UnableException(FailureKind.BadInput, $"同一实例的输出互相矛盾：{kind} {twice.Key} 有 {twice.Count()} 种说法；请在同一天重新执行脚本")
            : lists.Count == 0 ? null : all;
    }

    /// <summary>Days since the oldest of them; left out where one does not say.</summary>
    internal static Fact<long> Age(IReadOnlyList<DatabaseOutput> outputs) => outputs.Max(o => o.AgeDays ?? long.MaxValue) is var age && age < long.MaxValue ? age : default(Fact<long>);

    private Evidence Kept(Host target, ProbeContext context, IReadOnlyList<(string Origin, DatabaseOutput Output)> from)
    {
        var text = new StringBuilder();
        foreach (var (origin, output) in from)
        {
            text.Append(origin).Append('\n').Append($"{output.Product} {output.Version}，实例 {output.Instance}，{output.At}\n");
            output.Facts.Take(ExcerptCap).ToList().ForEach(f => text.Append(f.Line).Append('\n'));
        }

        return context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "facts.txt", "text/plain", Encoding.UTF8.GetBytes(text.ToString()), $"{Manifest.Title}：SQL 脚本输出里的事实，不含口令散列"));
    }

    /// <exception cref="UnableException">It cannot be read or used.</exception>
    internal static (string Origin, DatabaseOutput Output) Open(string path, DateOnly today)
    {
        var name = Path.GetFileName(path);
        var bytes = FileTree.At(path).Read(Path.GetFileName(new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path), DatabaseOutput.SizeCap);
        try
        {
            return ($"{name}（SHA-256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}，SM3 {Convert.ToHexStringLower(Sm3.HashData(bytes))}）", DatabaseOutput.Read(bytes, today));
        }
        catch (UnableException bad)
        {
            throw new UnableException(bad.Kind, $"{name}：{bad.Message}", bad);
        }
    }
}
