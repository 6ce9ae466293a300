using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>An object as an item is asked of it.</summary>
/// <param name="Id">Empty for the system as a whole.</param>
/// <param name="Title">For people.</param>
/// <param name="Kind">Null for the system as a whole.</param>
/// <param name="Targets">Whose judgements speak of it.</param>
internal sealed record AskedObject(string Id, string Title, AssetKind? Kind, IReadOnlyList<string> Targets)
{
    /// <summary>It waits for the cloud provider's proof and not for an answer.</summary>
    public bool IsProvider { get; init; }
}

/// <summary>An item of the system's level with the objects it is asked of.</summary>
/// <param name="Control">The item.</param>
/// <param name="At">At the level it is asked at.</param>
/// <param name="Part">Technical or management.</param>
/// <param name="Extension">Null for general items.</param>
/// <param name="Objects">At least one where it is asked.</param>
/// <param name="NotApplicable">Why it is not; null where it is.</param>
internal sealed record AskedItem(Control Control, ControlLevel At, ControlPart Part, SystemExtension? Extension, IReadOnlyList<AskedObject> Objects, string? NotApplicable);

/// <summary>
/// Which items are asked of what. It follows from grades, deployment, the list of objects and proofs, never from what was observed.
/// Where something is unknown, the item stays.
/// </summary>
internal sealed class AskedItems(Candidate candidate, StandardLibrary library, ProtectionRule rule, AnswerStanding answers)
{
    public const string ProviderProof = "cloud-proof";
    private const string Rooms = "PES";

    private readonly ProtectionStatements _said = candidate.Protection;

    /// <summary>Catalogues that are asked, the general one first.</summary>
    public IReadOnlyList<ControlCatalogue> Catalogues()
    {
        var general = library.Catalogues.Single(c => c.File.Id == rule.Catalogue);
        var extensions = Extensions();
        return [general, .. library.Catalogues.Where(c => c.Standard == general.Standard && c.Extension is { } e && extensions.Contains(e)).OrderBy(c => c.Extension)];
    }

    public IReadOnlyList<SystemExtension> Extensions() =>
        [.. (_said.Extensions ?? []).Concat(IsInCloud ? [SystemExtension.Cloud] : []).Distinct().Order()];

    private bool IsInCloud => candidate.Deployment is Deployment.GovernmentCloud or Deployment.Mixed;

    public IReadOnlyList<AskedItem> All(int level) =>
    [
        .. Catalogues().SelectMany(c => c.Controls.Select(x => (Catalogue: c, Control: x, At: x.At(LevelOf(x, level))))
            .Where(x => x.At is not null)
            .Select(x => One(x.Catalogue, x.Control, x.At!))),
    ];

    /// <summary>Items of the system's grade that its lower S or A grade does not ask for, in words.</summary>
    public IEnumerable<string> Spared(int level) => Catalogues().SelectMany(c => c.Controls)
        .Where(c => c.At(level) is not null && c.At(LevelOf(c, level)) is null)
        .Select(c => $"{c.Key}（{c.At(level)!.Unit}）随 {c.Grade.Letter()} 定为 {LevelOf(c, level)} 级，该级没有这一条，不列入。");

    private int LevelOf(Control control, int level) => control.Grade switch
    {
        GradeAspect.Information => _said.InformationLevel ?? level,
        GradeAspect.Service => _said.ServiceLevel ?? level,
        _ => level,
    };

    private AskedItem One(ControlCatalogue catalogue, Control control, ControlLevel at)
    {
        var group = catalogue.Groups.First(g => g.Id == control.GroupId);
        var (objects, why) = WithProvider(catalogue, control) ?? OfKinds(group, control);
        return new AskedItem(control, at, group.Part, catalogue.Extension, objects, why);
    }

    /// <summary>What lies with a cloud provider; null where it does not.</summary>
    private (IReadOnlyList<AskedObject>, string?)? WithProvider(ControlCatalogue catalogue, Control control)
    {
        var isRoom = catalogue.Extension is null && control.GroupId == Rooms && candidate.Deployment == Deployment.GovernmentCloud;
        if (!isRoom && !(control.IsProviderSide && IsInCloud))
        {
            return null;
        }

        return answers.Standing(ProviderProof) is { } proof
            ? ([], $"由云服务方承担，凭云平台的备案与测评证明（{proof.Id}）")
            : ([new AskedObject("", "云服务方（还没有交来备案与测评证明）", null, []) { IsProvider = true }], null);
    }

    private (IReadOnlyList<AskedObject>, string?) OfKinds(ControlGroup group, Control control)
    {
        if (group.Objects.Count == 0)
        {
            return ([Whole("整个系统")], null);
        }

        var known = Objects().Where(o => group.Objects.Contains(o.Kind!.Value)).ToList();
        var asked = known.Where(o => !control.NotFor.Contains(o.Kind!.Value)).ToList();
        if (asked.Count > 0)
        {
            return (asked, null);
        }

        return known.Count > 0 && _said.AreObjectsComplete
            ? ([], $"登记的对象（{string.Join("、", known.Select(o => o.Kind!.Value.Name()).Distinct(StringComparer.Ordinal))}）都不问这一条，对象清单已声明完整")
            : ([Whole(known.Count > 0 ? "整个系统（登记的对象都不问这一条，而对象清单没有声明完整）" : $"整个系统（没有登记{string.Join("、", group.Objects.Except(control.NotFor).Take(3).Select(k => k.Name()))}等对象）")], null);
    }

    private static AskedObject Whole(string title) => new("", title, null, []);

    /// <summary>Those of the list, and every host that none of them names as a server.</summary>
    private IEnumerable<AskedObject> Objects()
    {
        var named = _said.Objects.SelectMany(o => o.Targets).ToHashSet(StringComparer.Ordinal);
        return _said.Objects.OrderBy(o => o.Id, StringComparer.Ordinal).Select(o => new AskedObject(o.Id, o.Title, o.Kind, [.. o.Targets.SelectMany(WithWhatSpeaksOf).Distinct(StringComparer.Ordinal)]))
            .Concat(candidate.Hosts.Where(h => !named.Contains(h.TargetId)).OrderBy(h => h.Id, StringComparer.Ordinal)
                .Select(h => new AskedObject(h.TargetId, h.DisplayName, AssetKind.Server, [.. WithWhatSpeaksOf(h.TargetId)])));
    }

    /// <summary>A host and the scans of it that the candidate ties to it.</summary>
    private IEnumerable<string> WithWhatSpeaksOf(string targetId) =>
        [targetId, .. candidate.Exposure.Where(e => $"host:{e.HostId}" == targetId).Select(e => e.TargetId).Order(StringComparer.Ordinal)];
}
