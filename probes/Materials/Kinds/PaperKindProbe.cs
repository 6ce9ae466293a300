using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Whether a paper is of the kind it was listed as.</summary>
public sealed class PaperKindProbe : PaperProbe<PaperKindRecord>
{
    public PaperKindProbe() => Manifest = ManifestOf("kind", "材料种类", "材料是不是所列的那一种？");

    public override ProbeManifest Manifest { get; }

    private protected override (PaperKindRecord Record, IEnumerable<string> Found) Describe(Document target, Paper paper, ProbeContext context, CancellationToken stop)
    {
        var kinds = context.Tables.MaterialKinds.SelectMany(t => t.Kinds).ToList();
        var titles = paper.Files.Select(f => KindRecognition.TitleOf(kinds, f.Text)).ToList();
        var byText = titles.SelectMany(t => t.Kinds).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var kind = KindOf(target, context);
        var isDeclared = kind is null ? default : Agrees(kinds, kind, titles, paper);
        var record = new PaperKindRecord
        {
            Declared = target.MaterialKind,
            ByName = KindRecognition.Named(kinds, Path.GetFileNameWithoutExtension(target.Path)),
            ByText = paper.Joined.Length == 0 ? default(Fact<IReadOnlyList<string>>) : byText,
            IsDeclared = isDeclared,
            Unread = paper.Unread,
            NeedsPeople = kind is not null && !isDeclared.IsKnown && paper.IsOpenToPeople,
        };
        return (record, [$"所列：{record.Declared}", $"文件名像：{Joined(record.ByName)}", $"正文标题像：{Joined(byText)}"]);
    }

    /// <summary>A word in passing is no title, and a title that can be read two ways is for people.</summary>
    private static Fact<bool> Agrees(List<MaterialKind> kinds, MaterialKind kind, List<PaperTitle> titles, Paper paper)
    {
        var isTitled = titles.Exists(t => t.IsClear && t.Kinds.Contains(kind.Name, StringComparer.Ordinal));
        var hasWords = kind.Text.All(w => paper.Joined.Contains(PlainText.Joined(PlainText.Of(w)), StringComparison.OrdinalIgnoreCase));
        var isNamed = KindRecognition.Words(kind).Any(w => paper.Joined.Contains(w, StringComparison.OrdinalIgnoreCase));
        return isTitled && hasWords ? true
            : !isNamed && !(hasWords && kind.Text.Count > 0) && paper.IsWhole && titles.Exists(t => KindRecognition.IsOfOther(kinds, kind, t)) && titles.TrueForAll(t => t.Kinds.Count == 0 || KindRecognition.IsOfOther(kinds, kind, t)) ? false
            : default(Fact<bool>);
    }

    private static string Joined(IReadOnlyList<string> names) => names.Count == 0 ? "看不出" : string.Join("、", names);
}
