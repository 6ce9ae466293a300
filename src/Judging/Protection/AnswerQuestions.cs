using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>A question to people, as every face of an answers file shows it.</summary>
/// <param name="Item">Key of a control, or code of a high-risk case.</param>
/// <param name="Object">Id of an object; null for the system as a whole.</param>
/// <param name="Where">Class, control point and unit.</param>
/// <param name="Asks">The question.</param>
/// <param name="Look">What to look at.</param>
/// <param name="Evidence">What is accepted as proof, and who has it.</param>
/// <param name="Documents">Kinds of documents that can answer it.</param>
public sealed record AnswerQuestion(string Item, string? Object, string Where, string Asks, string Look, string Evidence, IReadOnlyList<string> Documents);

/// <summary>What is to be asked of people about a system, and how the questions of a sheet are worded.</summary>
public sealed class AnswerQuestions
{
    private readonly StandardLibrary _library;
    private readonly Candidate? _candidate;
    private readonly Dictionary<string, (ControlCatalogue Catalogue, Control Control)> _controls;
    private readonly Dictionary<string, HighRiskItem> _cases;

    /// <param name="library">The rules.</param>
    /// <param name="candidate">Whose level and objects word the questions; null where only the sheet is at hand.</param>
    public AnswerQuestions(StandardLibrary library, Candidate? candidate)
    {
        (_library, _candidate) = (library, candidate);
        var standards = library.Catalogues.Where(c => c.Pillar == Pillar.ClassifiedProtection).ToList();
        _controls = standards.SelectMany(c => c.Controls.Select(x => (c, x))).ToDictionary(p => p.x.Key, StringComparer.Ordinal);
        var ids = standards.ConvertAll(c => c.File.Id);
        _cases = library.HighRisks.Where(h => ids.Contains(h.Catalogue)).SelectMany(h => h.Items).GroupBy(i => i.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    }

    /// <summary>The document kinds of all catalogues.</summary>
    public IReadOnlyList<CatalogueDocument> Documents => [.. _library.Catalogues.SelectMany(c => c.Documents)];

    public bool Knows(string item) => _controls.ContainsKey(item);

    public bool KnowsCase(string code) => _cases.ContainsKey(code);

    /// <summary>Items with a case of their own, its mitigations by id.</summary>
    public IReadOnlyList<Mitigation> MitigationsOf(string code) => _cases.GetValueOrDefault(code)?.Mitigations ?? [];

    /// <summary>A blank sheet: every item of the system that no check decides alone, every high-risk case of its level, every document that helps.</summary>
    /// <param name="today">Day of Beijing.</param>
    /// <param name="onlyOpen">An assessment whose decided items are left out; null asks all.</param>
    public AnswerSheet Blank(DateOnly today, ProtectionAssessment? onlyOpen = null)
    {
        var candidate = _candidate ?? throw new InvalidOperationException();
        if (candidate.ProtectionLevel is not { } level || _library.Conclusions is not [var rule, ..])
        {
            return AnswerSheet.Empty with { System = candidate.Id };
        }

        var standing = new AnswerStanding(candidate.Protection.Answers ?? AnswerSheet.Empty, _library, today);
        var open = onlyOpen?.Items.SelectMany(i => i.Objects.Where(o => o.Verdict == Verdict.NeedsReview).Select(o => (i.Key, o.ObjectId))).ToHashSet();
        var asked = new AskedItems(candidate, _library, rule, standing).All(level);
        List<ItemAnswer> answers =
        [
            .. asked.SelectMany(i => i.Objects.Where(o => !o.IsProvider && (open?.Contains((i.Control.Key, o.Id)) ?? !IsDecidedByTool(i.Control, o.Kind)))
                .Select(o => new ItemAnswer { Item = i.Control.Key, Object = o.Id.Length == 0 ? null : o.Id })),
        ];
        var kinds = answers.SelectMany(a => _controls[a.Item].Control.Documents).ToHashSet(StringComparer.Ordinal);
        if (asked.Any(i => i.Objects.Any(o => o.IsProvider)))
        {
            kinds.Add(AskedItems.ProviderProof);
        }

        var items = asked.Select(i => i.Control.Key).ToHashSet(StringComparer.Ordinal);
        return new AnswerSheet
        {
            System = candidate.Id,
            Documents = [.. Documents.Where(d => kinds.Contains(d.Id)).Select(d => new SheetDocument { Id = d.Id, Kind = d.Id })],
            Answers = answers,
            Cases = [.. _cases.Values.Where(c => c.Levels.Contains(level) && c.Control is { } of && items.Contains(of)).Select(c => new CaseAnswer { Cases = [c.Code] })],
        };
    }

    /// <summary>Brings a sheet that was filled in before up to what is asked today.</summary>
    /// <param name="old">As filled in.</param>
    /// <param name="blank">As <see cref="Blank"/> gives it.</param>
    /// <param name="today">Day of Beijing.</param>
    public CarriedAnswers Carry(AnswerSheet old, AnswerSheet blank, DateOnly today)
    {
        var candidate = _candidate ?? throw new InvalidOperationException();
        HashSet<(string, string?)> asked = candidate.ProtectionLevel is { } level && _library.Conclusions is [var rule, ..]
            ? [.. new AskedItems(candidate, _library, rule, new AnswerStanding(old, _library, today)).All(level).SelectMany(i => i.Objects.Select(o => (i.Control.Key, o.Id.Length == 0 ? null : o.Id)))]
            : [];
        var cases = Blank(today).Cases.SelectMany(c => c.Cases).ToHashSet(StringComparer.Ordinal);
        return CarriedAnswers.Of(old, blank, a => asked.Contains((a.Item, a.Object)), cases.Contains);
    }

    public AnswerQuestion Of(ItemAnswer answer)
    {
        if (!_controls.TryGetValue(answer.Item, out var found))
        {
            return new AnswerQuestion(answer.Item, answer.Object, "", "（规则里没有这一条）", "", "", []);
        }

        var (catalogue, control) = found;
        var at = _candidate?.ProtectionLevel is { } level ? control.At(level) : null;
        var group = catalogue.Groups.First(g => g.Id == control.GroupId);
        var subject = answer.Object is null ? "本系统" : $"“{TitleOf(answer.Object)}”";
        var look = control.Reach switch
        {
            ToolReach.None => "到现场看",
            ToolReach.Document => "看文档，必要时访谈",
            _ => "看配置或实测；工具能读到的主机已由工具核查，这里回答工具看不到的部分",
        };
        return new AnswerQuestion(
            answer.Item,
            answer.Object,
            $"{group.Title} · {control.Point}{(at?.Unit is { } unit ? $" · {unit}" : "")}",
            $"{subject}是否做到：{at?.Title ?? control.Title}？",
            look,
            $"{control.Evidence}（谁有：{control.Holder}）",
            control.Documents);
    }

    public AnswerQuestion Of(CaseAnswer answer)
    {
        var items = answer.Cases.Select(c => _cases.GetValueOrDefault(c)).OfType<HighRiskItem>().ToList();
        return new AnswerQuestion(
            string.Join('、', answer.Cases),
            null,
            string.Join('；', items.Select(i => $"{i.Title}{(i.MajorHazard is { } major ? $"（{major}）" : "")}{(i.Precondition is { } only ? $"，{only}" : "")}")),
            $"是否存在：{string.Join('；', items.SelectMany(i => i.Triggers))}？",
            items.Exists(i => i.Mitigations.Count > 0) ? $"降低条件：{string.Join('；', items.SelectMany(i => i.Mitigations).DistinctBy(m => m.Id, StringComparer.Ordinal).Select(m => $"{m.Id} {m.Asks}"))}" : "没有任何降低条件",
            "回答不存在或已缓解要附证据",
            []);
    }

    private string TitleOf(string objectId) =>
        _candidate?.Protection.Objects.FirstOrDefault(o => o.Id == objectId)?.Title
        ?? _candidate?.Targets().FirstOrDefault(t => t.TargetId == objectId)?.DisplayName
        ?? objectId;

    private static bool IsDecidedByTool(Control control, AssetKind? kind) => control.Reach == ToolReach.Full && kind is AssetKind.Server or AssetKind.Terminal;
}
