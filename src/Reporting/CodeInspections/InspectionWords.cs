using System.Globalization;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Sentences about an inspection of code that every format says in the same words.</summary>
public static class InspectionWords
{
    /// <summary>Of the tool's own errors, on samples whose numbers a test holds against what was measured.</summary>
    public const string Rates =
        "误报率与漏报率：Java 数据流以外的检测只在本工具自己标注的样本上测过。密码使用的样本有 9 组（Java、Kotlin、C#、JavaScript/TypeScript/Vue、Python、Go、C/C++、PHP、配置文件），标注 102 处缺陷，每一类旁边有做同样事的正确写法；把握低的发现不计入（只提示、由人看，正确写法上也可能有），其余的漏报 0 处，误报 0 处。样本由写规则的人所写；他人标注的样本上未测，不能当作在别的代码上的误报率或漏报率。"
        + "Java 数据流在公开的标注样本 OWASP BenchmarkJava 1.2 上测过（1415 处缺陷漏报 0 处，1325 处正确写法误报 0 处），但规则是看过它的答案后改的，只说明没有退步；由人逐处判读从未读过的 16 个真实项目各自最前的 30 处，把握高的 241 处里成立 162 处，余下多为误报，漏报率不知道（2026 年 11 月 28 日的版本）。";

    /// <summary>How sure a defect is, and whether people are to look into it.</summary>
    public static string Sureness(SeenDefect defect) => $"把握{defect.Confidence switch { "high" => "高", "medium" => "中", _ => "低" }}{(defect.IsForPeople ? "，由人确认" : "")}";

    /// <summary>How many there are, and how many of them people are to look into.</summary>
    public static string Count(int all, int forPeople) => string.Create(CultureInfo.InvariantCulture, $"{all} 处{(forPeople > 0 ? $"（其中把握低、由人确认 {forPeople} 处）" : "")}");

    /// <summary>What was done with the source code.</summary>
    public static string Method(CodeInspection inspection) => inspection.IsBuilt
        ? "静态检测：应使用者要求，用源代码的一份副本构建了 C# 工程，构建会执行工程文件里写的步骤；除此之外源代码只读取，没有运行。"
        : "静态检测：源代码只读取，没有编译成程序、没有运行。";

    /// <summary>Where no defect counts: whether that is because there is none to be seen, because nobody looked to the end, or because nobody looked.</summary>
    public static string WithoutDefects(CodeInspection inspection)
    {
        var set = inspection.Suppressed.Count > 0 ? $"见到的 {inspection.Suppressed.Count} 处全部被抑制，是否认可由评估人员决定，见下。" : "";
        return inspection.Reach switch
        {
            LookedAt.Nowhere => $"没有引擎看过这份源代码，有没有缺陷不知道。{set}",
            LookedAt.InPart => $"{set}看到的部分里没有{(set.Length > 0 ? "其他" : "发现")}缺陷；没有看全，不能说没有缺陷，缺了什么见“没有检查的”。",
            _ => $"{set}没有{(set.Length > 0 ? "其他" : "发现")}缺陷。它的分量以“检测范围”与“没有检查的”为限。",
        };
    }

    /// <summary>Beside the baseline; empty where there is none.</summary>
    public static string BesideBaseline(CodeInspection inspection)
    {
        if (inspection.BaselineOf is not { } day)
        {
            return "";
        }

        var gone = inspection.VanishedCount is { } count ? $"已消失 {count} 处" : "已消失多少没有看全，不知道";
        return $"与 {day} 的基线相比{(inspection.Reach == LookedAt.Wholly ? "" : "至少")}新增 {inspection.Added} 处、{gone}";
    }
}
