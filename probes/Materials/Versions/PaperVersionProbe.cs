using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Whether a paper speaks of the version that is accepted.</summary>
public sealed class PaperVersionProbe : PaperProbe<PaperVersionRecord>
{
    private const int Most = 20;

    /// <summary>A paper's own version has the bare label 版本, so that alone says nothing.</summary>
    private static readonly string[] Labels = ["系统版本号", "系统版本", "软件版本号", "软件版本", "被测版本", "检测版本"];

    /// <summary>Of something that the system stands on or was tested with.</summary>
    private static readonly string[] Others = ["操作", "数据库", "数据库管理", "中间件", "虚拟化", "固件", "工具", "扫描", "杀毒", "防病毒", "办公", "浏览器", "支撑", "第三方", "配套", "其他", "基础", "测试", "测评"];

    public PaperVersionProbe() => Manifest = ManifestOf("version", "材料所指版本", "材料写的是不是本次验收的版本？");

    public override ProbeManifest Manifest { get; }

    private protected override (PaperVersionRecord Record, IEnumerable<string> Found) Describe(Document target, Paper paper, ProbeContext context, CancellationToken stop)
    {
        var named = Labels.SelectMany(l => After(paper.Text, l)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var asked = target.Subject?.Version;
        var bare = named.Select(Bare).Distinct(StringComparer.Ordinal).ToList();
        var names = asked is not null && bare.Count == 1 && paper.IsWhole ? bare[0] == Bare(asked) : default(Fact<bool>);
        var record = new PaperVersionRecord
        {
            Asked = asked,
            IsAsked = asked is null ? false : KindOf(target, context)?.IsVersioned ?? default(Fact<bool>),
            Named = [.. named.Take(Most), .. named.Count > Most ? [$"等 {named.Count} 种"] : Array.Empty<string>()],
            NamesVersion = names,
            Unread = paper.Unread,
            NeedsPeople = asked is not null && !names.IsKnown && paper.IsOpenToPeople,
        };
        return (record, [$"本系统的版本：{asked ?? "没有给出"}", $"材料写明的版本：{string.Join("、", record.Named)}"]);
    }

    private static IEnumerable<string> After(string text, string label)
    {
        foreach (var behind in PaperLabel.Ends(text, label, Others))
        {
            var from = behind;
            from += from < text.Length && text[from] is ':' or '：' or '为' ? 1 : 0;
            from += from < text.Length && text[from] == PlainText.Break ? 1 : 0;
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
