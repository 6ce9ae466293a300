using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Whether a paper speaks of the version that is accepted.</summary>
public sealed class PaperVersionProbe : PaperProbe<PaperVersionRecord>
{
    private const int Most = 20;

    /// <summary>A paper's own version has the bare label 版本, so that alone says nothing.</summary>
    private static readonly string[] Labels = ["系统版本号", "系统版本", "软件版本号", "软件版本", "被测版本", "检测版本"];

    public PaperVersionProbe() => Manifest = ManifestOf("version", "材料所指版本", "材料写的是不是本次验收的版本？");

    public override ProbeManifest Manifest { get; }

    private protected override (PaperVersionRecord Record, IEnumerable<string> Found) Describe(Document target, Paper paper, ProbeContext context)
    {
        var named = Labels.SelectMany(l => After(paper.Text, l)).Distinct(StringComparer.OrdinalIgnoreCase).Take(Most).ToList();
        var asked = target.Subject?.Version;
        var record = new PaperVersionRecord
        {
            Asked = asked,
            IsAsked = asked is null ? false : KindOf(target, context)?.IsVersioned ?? default(Fact<bool>),
            Named = named,
            NamesVersion = asked is null || named.Count == 0 ? default
                : named.Exists(n => Bare(n) == Bare(asked)) ? true
                : paper.IsWhole ? false : default(Fact<bool>),
            Unread = paper.Unread,
        };
        return (record, [$"本系统的版本：{asked ?? "没有给出"}", $"材料写明的版本：{string.Join("、", named)}"]);
    }

    private static IEnumerable<string> After(string text, string label)
    {
        for (var at = text.IndexOf(label, StringComparison.Ordinal); at >= 0; at = text.IndexOf(label, at + label.Length, StringComparison.Ordinal))
        {
            var from = at + label.Length;
            from += from < text.Length && text[from] is ':' or '：' or '为' ? 1 : 0;
            var end = from;
            while (end < text.Length && end - from < 40 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '-' or '_'))
            {
                end++;
            }

            if (text.AsSpan(from, end - from).IndexOfAnyInRange('0', '9') >= 0)
            {
                yield return text[from..end].TrimEnd('.', '-', '_');
            }
        }
    }

    /// <summary>V2.1, v2.1 and 2.1 are the same.</summary>
    private static string Bare(string version) => PlainText.Of(version).TrimStart('V', 'v').TrimEnd('.', '-', '_').ToLowerInvariant();
}
