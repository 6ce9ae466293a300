using System.CommandLine;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Options that several commands share, spelled once.</summary>
internal static class CommonOptions
{
    /// <param name="usual">The rules without the option.</param>
    public static Option<string?> Rulesets(string usual = "工具的内置规则") => new("--rulesets") { Description = $"规则目录（默认用{usual}；用别的规则时终端与报告都会写明）", HelpName = "目录" };

    public static Option<string?> Out() => new("--out", "-o") { Description = "证据包目录；默认在 packs/ 下按系统名和时间新建", HelpName = "目录" };

    public static Option<bool> JsonEvents() => new("--json") { Description = "在标准输出逐行给出 JSON 事件，供程序读取" };

    public static Option<FailOn> FailOn() => Word("--fail-on", "达到该程度的问题使门禁不通过：critical（高风险，默认）、major、minor、unverified（含未核验）", Model.FailOn.Critical,
        ("critical", Model.FailOn.Critical), ("major", Model.FailOn.Major), ("minor", Model.FailOn.Minor), ("unverified", Model.FailOn.Unverified));

    /// <summary>The same words for defects of source code, where no gate is decided unless it is asked for.</summary>
    public static Option<FailOn?> FailOnDefects() => Word<FailOn?>("--fail-on", "有达到该程度的缺陷（抑制生效的和存疑的不算）时退出码为 1：critical、major、minor、unverified（含没有看全）；给了 --baseline 时只算新增的；不写不作门禁", null,
        ("critical", Model.FailOn.Critical), ("major", Model.FailOn.Major), ("minor", Model.FailOn.Minor), ("unverified", Model.FailOn.Unverified));

    public static Option<Gate> Stage() => Word("--stage", "对照到哪一步的条款：filing（备案）、go-live（上线）、acceptance（验收，默认）", Gate.Acceptance,
        ("filing", Gate.Filing), ("go-live", Gate.GoLive), ("acceptance", Gate.Acceptance));

    /// <summary>Of the command line alone: a candidate.yaml may be somebody else's.</summary>
    public static Option<bool> Build() => new("--build") { Description = "先用本机的 .NET SDK 构建 C# 工程的副本，用真实的引用库分析，并收编译器日志；会执行工程文件里写的任何东西，还可能联网还原包，只用于可信的源代码" };

    public static Option<bool> AllowIntrusive() => new("--allow-intrusive") { Description = "允许可能影响业务的探测（默认不做）" };

    public static Option<StartTlsProtocol?> StartTls() => Word<StartTlsProtocol?>("--starttls", $"先在该协议的明文对话里升级到 TLS：{string.Join("、", StartTlsNames.All.Select(p => p.Word()))}", null,
        [.. StartTlsNames.All.Select(p => (p.Word(), (StartTlsProtocol?)p))]);

    public static Option<string?> SignKey() => new("--sign-key") { Description = "签名用 SM2 私钥（PEM/PKCS#8）；缺省时为本包生成一次性密钥（自签）", HelpName = "PEM" };

    public static Option<string?> SignKeyPassword() => new("--sign-key-password") { Description = "私钥口令的出处：env:变量名 或 file:路径", HelpName = "出处" };

    public static Option<bool> NoPdf() => new("--no-pdf") { Description = "不生成 PDF（不需要浏览器，快几秒）" };

    private static Option<T> Word<T>(string name, string description, T standard, params (string Word, T Value)[] words) => new(name)
    {
        Description = description,
        HelpName = "词",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            var given = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            foreach (var (word, value) in words)
            {
                if (word == given)
                {
                    return value;
                }
            }

            result.AddError($"{name} 的值 {given} 不对，应为其中之一：{string.Join("、", words.Select(w => w.Word))}");
            return standard;
        },
    };
}
