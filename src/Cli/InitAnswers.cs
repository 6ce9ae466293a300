using System.Globalization;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What <c>init</c> needs to know; the defaults are those of <c>--yes</c>.</summary>
internal sealed record InitAnswers
{
    private const int Tries = 5;

    public string Id { get; init; } = "service-portal";

    public string Name { get; init; } = "政务服务办理系统";

    public string OwnerUnit { get; init; } = "项目业主单位";

    public SystemKind Kind { get; init; } = SystemKind.GovernmentService;

    public int ProtectionLevel { get; init; } = 3;

    public int CryptoLevel { get; init; } = 3;

    public Deployment Deployment { get; init; } = Deployment.GovernmentCloud;

    public IReadOnlyList<string> Addresses { get; init; } = ["127.0.0.1:8443"];

    public string Profile { get; init; } = "luojiang-2025";

    /// <exception cref="BadRequestException">Input ended, or an answer stayed wrong.</exception>
    public static InitAnswers Ask(TextReader input, TextWriter output)
    {
        var standard = new InitAnswers();
        output.WriteLine("回车取方括号里的默认值。");
        return new InitAnswers
        {
            Name = Line(input, output, "系统名称", standard.Name, t => Plain(t) ? t : null, "不超过 200 字，不含控制字符"),
            Id = Line(input, output, "系统编号（小写字母、数字、连字符）", standard.Id, t => MappingReader.IsIdentifier(t) ? t : null, "小写字母、数字、点和连字符，不超过 64 个字符，以字母或数字开头；例如 service-portal"),
            OwnerUnit = Line(input, output, "项目业主单位", standard.OwnerUnit, t => Plain(t) ? t : null, "不超过 200 字，不含控制字符"),
            Kind = Choose(input, output, "系统类别", standard.Kind, k => k.Name()),
            ProtectionLevel = Level(input, output, "等级保护定级（1–4）", standard.ProtectionLevel),
            CryptoLevel = Level(input, output, "密码应用等级（1–4）", standard.CryptoLevel),
            Deployment = Choose(input, output, "部署方式", standard.Deployment, d => d.Name()),
            Addresses = Line(input, output, "要核验的地址（主机:端口 或网址，逗号分隔）", string.Join(',', standard.Addresses), Split, "如 portal.example.cn:443 或 https://portal.example.cn/，多个用逗号分隔"),
            Profile = standard.Profile,
        };
    }

    private static bool Plain(string text) => text.Length <= 200 && !text.Any(char.IsControl);

    private static IReadOnlyList<string>? Split(string text)
    {
        var parts = text.Split([',', '，', '、', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length > 0 && parts.All(p => EndpointAddress.TryParse(p, out _) is not null) ? parts : null;
    }

    private static int Level(TextReader input, TextWriter output, string question, int standard) =>
        Line(input, output, question, standard.ToString(CultureInfo.InvariantCulture), t => t is ['1' or '2' or '3' or '4'] ? t : null, "一个数字，1 到 4")[0] - '0';

    private static T Choose<T>(TextReader input, TextWriter output, string question, T standard, Func<T, string> name)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        var listed = string.Join("  ", values.Select((v, i) => $"{i + 1}={name(v)}"));
        var chosen = Line(
            input,
            output,
            $"{question}:{listed}",
            (Array.IndexOf(values, standard) + 1).ToString(CultureInfo.InvariantCulture),
            t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= values.Length ? t : null,
            $"一个序号，1 到 {values.Length}");
        return values[int.Parse(chosen, CultureInfo.InvariantCulture) - 1];
    }

    private static T Line<T>(TextReader input, TextWriter output, string question, string standard, Func<string, T?> accept, string allowed)
        where T : class
    {
        for (var i = 0; i < Tries; i++)
        {
            output.Write($"{question} [{standard}]: ");
            var line = input.ReadLine() ?? throw new BadRequestException("输入结束了，没有写文件；不想逐项回答可用 --yes");
            var text = line.Trim().Length == 0 ? standard : line.Trim();
            if (accept(text) is { } accepted)
            {
                return accepted;
            }

            output.WriteLine($"  这个回答不能用。应为{allowed}。");
        }

        throw new BadRequestException($"“{question}”多次输入有误，没有写文件");
    }
}
