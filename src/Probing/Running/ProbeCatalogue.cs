using System.Reflection;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>The probes of our own probe assemblies, sorted by id. Nothing is loaded from disk.</summary>
public sealed class ProbeCatalogue
{
    private ProbeCatalogue(IReadOnlyList<IProbe> probes) => Probes = probes;

    public IReadOnlyList<IProbe> Probes { get; }

    /// <exception cref="InvalidOperationException">Two probes share an id, or a probe lacks a public parameterless constructor.</exception>
    public static ProbeCatalogue Of(params IReadOnlyList<Assembly> assemblies)
    {
        var probes = assemblies
            .SelectMany(a => a.GetExportedTypes())
            .Where(t => t is { IsAbstract: false, IsClass: true } && t.IsAssignableTo(typeof(IProbe)))
            .Select(t => (IProbe)Activator.CreateInstance(t)!)
            .OrderBy(p => p.Manifest.Id, StringComparer.Ordinal)
            .ToList();
        var twice = probes.GroupBy(p => p.Manifest.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? new ProbeCatalogue(probes) : throw new InvalidOperationException($"探测编号重复：{twice.Key}");
    }

    public static ProbeCatalogue Of(IEnumerable<IProbe> probes) => new([.. probes.OrderBy(p => p.Manifest.Id, StringComparer.Ordinal)]);

    public IProbe? Find(string id) => Probes.FirstOrDefault(p => p.Manifest.Id == id);

    /// <summary>Every probe with every target of the kind it needs, in id order: the plan of a run.</summary>
    public IReadOnlyList<PlannedProbe> Plan(IEnumerable<Target> targets, Func<IProbe, bool>? only = null)
    {
        var all = targets.OrderBy(t => t.TargetId, StringComparer.Ordinal).ToList();
        return [.. Probes.Where(p => only is null || only(p)).SelectMany(p => all.Where(p.Manifest.Concerns).Select(t => new PlannedProbe(p, t)))];
    }
}

public sealed record PlannedProbe(IProbe Probe, Target Target);
