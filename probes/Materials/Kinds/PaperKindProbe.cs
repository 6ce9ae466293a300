using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Whether a paper is of the kind it was listed as.</summary>
public sealed class PaperKindProbe : PaperProbe<PaperKindRecord>
{
    public PaperKindProbe() => Manifest = ManifestOf("kind", "材料种类", "材料是不是所列的那一种？");

    public override ProbeManifest Manifest { get; }

    private protected override (PaperKindRecord Record, IEnumerable<string> Found) Describe(Document target, Paper paper, ProbeContext context)
    {
        var kinds = context.Tables.MaterialKinds.SelectMany(t => t.Kinds).ToList();
        var byText = paper.Files.SelectMany(f => KindRecognition.Named(kinds, KindRecognition.HeadOf(f.Text))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var record = new PaperKindRecord
        {
            Declared = target.MaterialKind,
            ByName = KindRecognition.Named(kinds, Path.GetFileNameWithoutExtension(target.Path)),
            ByText = paper.Text.Trim('\n').Length == 0 ? default(Fact<IReadOnlyList<string>>) : byText,
            IsDeclared = KindOf(target, context) is { } kind ? Agrees(kind, byText, paper) : default,
            Unread = paper.Unread,
        };
        return (record, [$"所列：{record.Declared}", $"文件名像：{Joined(record.ByName)}", $"正文标题像：{Joined(byText)}"]);
    }

    private static Fact<bool> Agrees(MaterialKind kind, List<string> byText, Paper paper)
    {
        var isTitled = paper.Files.Any(f => KindRecognition.Words(kind).Any(w => KindRecognition.HeadOf(f.Text).Contains(w, StringComparison.OrdinalIgnoreCase)));
        var hasWords = kind.Text.All(w => paper.Text.Contains(PlainText.Of(w), StringComparison.OrdinalIgnoreCase));
        var isOfOther = byText.Count > 0 && !KindRecognition.Words(kind).Any(w => paper.Text.Contains(w, StringComparison.OrdinalIgnoreCase));
        return isTitled && hasWords ? true : isOfOther && paper.IsWhole ? false : default(Fact<bool>);
    }

    private static string Joined(IReadOnlyList<string> names) => names.Count == 0 ? "看不出" : string.Join("、", names);
}
