using System.Buffers;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Whether a paper is about this system and this unit.</summary>
public sealed class PaperSubjectProbe : PaperProbe<PaperSubjectRecord>
{
    private const int LongestName = 40;
    private static readonly SearchValues<char> Stops = SearchValues.Create(",，。;；:：\n");
    private static readonly string[] Labels = ["被测系统名称", "系统名称", "被测系统", Assessed];

    /// <summary>In reports of graded protection also servers, rooms and people are 测评对象.</summary>
    private const string Assessed = "测评对象";
    private static readonly string[] Systems = ["系统", "平台", "门户", "网站"];

    /// <summary>Say the system that the paper is about without its name.</summary>
    private static readonly string[] Itself = ["本系统", "该系统", "本项目", "该项目", "本信息系统", "本平台", "该平台", "上述系统", "被测系统"];

    /// <summary>Of something that the system stands on or talks to.</summary>
    private static readonly string[] Others = ["操作", "数据库", "数据库管理", "中间件", "虚拟化", "对接", "互联", "关联", "相关", "其他", "其它", "上级", "外部", "支撑", "第三方", "被测", "子", "分"];

    private static readonly string[] NextLabels = ["系统版本", "版本", "建设单位", "业主单位", "委托单位", "被测单位", "测评单位", "承建单位", "单位名称", "报告", "日期", "编号", "系统名称", "等级", "项目编号"];

    public PaperSubjectProbe() => Manifest = ManifestOf("subject", "材料所指", "材料写的是不是本系统、本单位？");

    public override ProbeManifest Manifest { get; }

    private protected override (PaperSubjectRecord Record, IEnumerable<string> Found) Describe(Document target, Paper paper, ProbeContext context, CancellationToken stop)
    {
        var system = PlainText.Joined(PlainText.Of(target.Subject?.System ?? ""));
        var labelled = Labelled(paper.Text).Where(n => system.Length == 0 || !(n.Contains(system, StringComparison.OrdinalIgnoreCase) || system.Contains(n, StringComparison.OrdinalIgnoreCase))).Distinct(StringComparer.Ordinal).Take(20).ToList();
        var record = new PaperSubjectRecord
        {
            IsGeneral = KindOf(target, context)?.IsGeneral ?? default(Fact<bool>),
            NamesSystem = Has(paper, target.Subject?.System),
            NamesOwner = Has(paper, target.Subject?.OwnerUnit),
            OtherSystems = target.Subject is not null && (labelled.Count > 0 || paper.IsWhole) ? labelled : default(Fact<IReadOnlyList<string>>),
            Unread = paper.Unread,
            NeedsPeople = !string.IsNullOrWhiteSpace(target.Subject?.System) && !string.IsNullOrWhiteSpace(target.Subject.OwnerUnit) && !paper.IsWhole && paper.IsOpenToPeople,
        };
        return (record, [$"本系统：{target.Subject?.System ?? "没有给出"}", $"业主单位：{target.Subject?.OwnerUnit ?? "没有给出"}", $"写明的其他系统：{string.Join("、", labelled)}"]);
    }

    private static Fact<bool> Has(Paper paper, string? name) => string.IsNullOrWhiteSpace(name) ? default(Fact<bool>)
        : Contains(paper.Joined, PlainText.Joined(PlainText.Of(name))) ? true
        : paper.IsWhole ? false : default(Fact<bool>);

    /// <summary>What stands between a label with a colon and the next label.</summary>
    private static IEnumerable<string> Labelled(string text)
    {
        foreach (var label in Labels)
        {
            foreach (var from in PaperLabel.Ends(text, label, Others))
            {
                if (from < text.Length && text[from] is ':' or '：')
                {
                    var name = text.AsSpan(from + 1, Math.Min(LongestName, text.Length - from - 1)).TrimStart(PlainText.Break);
                    name = name[..Ends(name)];
                    var said = name.ToString();
                    if (said.Length > 1 && !Array.Exists(Itself, w => said.StartsWith(w, StringComparison.Ordinal)) && (label != Assessed || Array.Exists(Systems, w => said.Contains(w, StringComparison.Ordinal))))
                    {
                        yield return said;
                    }
                }
            }
        }
    }

    /// <summary>Printers put blanks between ASCII words where there are none and leave them out where there are.</summary>
    private static bool Contains(string text, string name) => text.Contains(name, StringComparison.OrdinalIgnoreCase)
        || (name.Contains(' ', StringComparison.Ordinal) && text.Contains(name.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

    private static int Ends(ReadOnlySpan<char> name)
    {
        var end = name.IndexOfAny(Stops);
        end = end < 0 ? name.Length : end;
        foreach (var label in NextLabels)
        {
            var at = name.IndexOf(label, StringComparison.Ordinal);
            end = at > 0 && at < end ? at : end;
        }

        return end;
    }
}
