using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>What is compared: not a name alone, which can be given to another machine.</summary>
internal sealed record PlaceKey(string RequirementId, string TargetId, string Place);

/// <summary>The judgements of a pack by requirement, target and place.</summary>
internal sealed class JudgedPlaces
{
    private readonly EvidencePack _pack;
    private readonly Dictionary<PlaceKey, Judgement> _judgements = [];
    private readonly Dictionary<string, Evidence> _evidence;
    private readonly Dictionary<string, string> _titles;

    public JudgedPlaces(EvidencePack pack)
    {
        _pack = pack;
        var places = pack.Candidate.Targets().ToDictionary(t => t.TargetId, t => t.Place(), StringComparer.Ordinal);
        foreach (var judgement in pack.Judgement.Judgements)
        {
            _judgements.TryAdd(new PlaceKey(judgement.RequirementId, judgement.TargetId, places.GetValueOrDefault(judgement.TargetId, judgement.TargetId)), judgement);
        }

        _evidence = pack.Evidence.GroupBy(e => e.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        _titles = pack.Requirements.GroupBy(r => r.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Title, StringComparer.Ordinal);
    }

    public IEnumerable<PlaceKey> Keys => _judgements.Keys;

    public Judgement? Find(PlaceKey key) => _judgements.GetValueOrDefault(key);

    public string? TitleOf(string requirementId) => _titles.GetValueOrDefault(requirementId);

    public string NameOf(string targetId) => ReportAssembly.TargetName(_pack.Candidate, targetId);

    public IReadOnlyList<Evidence> EvidenceOf(Judgement? judgement) => judgement is null
        ? []
        : [.. judgement.Evidence.Select(e => _evidence.GetValueOrDefault(e)).OfType<Evidence>().OrderBy(e => e.RelativePath, StringComparer.Ordinal)];
}
