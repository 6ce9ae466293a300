using System.CommandLine;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

internal static class ProfilesCommand
{
    public static Command Create() => new DocumentedCommand("profiles", "查看验收办法，或为自己的城市写一份")
    {
        List(),
        Show(),
        New(),
    };

    private static DocumentedCommand List()
    {
        var rulesets = CommonOptions.Rulesets();
        var json = new Option<bool>("--json") { Description = "以 JSON 数组给出" };
        var command = new DocumentedCommand("list", "列出验收办法", ("securitycheck profiles list", "随工具发布的办法"))
        {
            rulesets, json,
        };
        command.SetAction(parsed =>
        {
            var profiles = Product.LoadRulesets(parsed.GetValue(rulesets)).Profiles;
            if (parsed.GetValue(json))
            {
                RunWatch.Line(profiles.Select(p => new { p.Id, p.Title, p.Source, p.ValidFrom, p.ValidUntil, p.Articles, Clauses = p.Clauses.Count }));
            }
            else
            {
                WriteList(profiles);
            }

            return ExitCode.Passed;
        });
        return command;
    }

    private static void WriteList(IReadOnlyList<AcceptanceProfile> profiles)
    {
        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumn(new TableColumn("编号").NoWrap());
        table.AddColumn("办法");
        table.AddColumn(new TableColumn("有效期").NoWrap());
        table.AddColumn(new TableColumn("条款").NoWrap().RightAligned());
        foreach (var profile in profiles)
        {
            table.AddRow(new Text(profile.Id), new Text(profile.Title), new Text(Validity(profile)), new Text($"{profile.Clauses.Count}"));
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine("用 securitycheck profiles show 编号 看条款；在 candidate.yaml 里写 profile: 编号 选用。");
    }

    private static string Validity(AcceptanceProfile profile)
    {
        var today = BeijingTime.DayOf(TimeProvider.System.GetUtcNow());
        return (profile.ValidFrom, profile.ValidUntil) switch
        {
            (_, { } until) when until < today => $"已过（至 {until:yyyy-MM-dd}）",
            ({ } from, _) when from > today => $"未到（自 {from:yyyy-MM-dd}）",
            (_, { } until) => $"至 {until:yyyy-MM-dd}",
            _ => "没有写明",
        };
    }

    private static DocumentedCommand Show()
    {
        var id = new Argument<string>("办法") { Description = "办法编号，见 profiles list" };
        var rulesets = CommonOptions.Rulesets();
        var command = new DocumentedCommand("show", "列出一个办法的条款：在哪一步要、要什么材料、看哪几方面的检查", ("securitycheck profiles show lanzhou-2021", "一个办法"))
        {
            id, rulesets,
        };
        command.SetAction(parsed =>
        {
            Write(Chosen(parsed.GetValue(rulesets), parsed.GetValue(id)!));
            return ExitCode.Passed;
        });
        return command;
    }

    private static AcceptanceProfile Chosen(string? rulesets, string id)
    {
        var profiles = Product.LoadRulesets(rulesets).Profiles;
        return profiles.FirstOrDefault(p => p.Id == id) ?? throw new BadRequestException($"没有验收办法 {Printable.Of(id)}，现有：{string.Join("、", profiles.Select(p => p.Id))}");
    }

    private static void Write(AcceptanceProfile profile)
    {
        Terminal.Out.WriteLine(profile.Title);
        Terminal.Out.WriteLine($"所据文本：{profile.Source}；{Validity(profile)}");
        foreach (var note in profile.Notes)
        {
            Terminal.Out.WriteLine($"注意：{note}");
        }

        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumn(new TableColumn("编号").NoWrap());
        table.AddColumn(new TableColumn("环节").NoWrap());
        table.AddColumn("要求（摘要）");
        table.AddColumn("材料");
        table.AddColumn("技术检查");
        foreach (var clause in profile.Clauses)
        {
            table.AddRow(
                new Text(clause.Id),
                new Text(clause.Gate.Name()),
                new Text($"{clause.Article}：{clause.Summary}"),
                new Text(string.Join("、", clause.Materials)),
                new Text(string.Join("、", clause.Pillars.Select(p => p.Title()))));
        }

        Terminal.Out.Write(table);
        foreach (var left in profile.NotClauses)
        {
            Terminal.Out.WriteLine($"不是条款：{string.Join("、", left.Articles)}（{left.Reason}）");
        }

        if (profile.Articles is null && profile.Extends is null)
        {
            Terminal.Out.WriteLine("这个办法没有写明共有几条，没有核对过有无遗漏。");
        }
    }

    private static DocumentedCommand New()
    {
        var id = new Argument<string>("编号") { Description = "新办法的编号：小写字母、数字和连字符" };
        var rulesets = CommonOptions.Rulesets();
        var parent = new Option<string>("--extends") { Description = "以哪个办法为底稿", HelpName = "办法", DefaultValueFactory = _ => "luojiang-2025" };
        var output = new Option<string?>("--out", "-o") { Description = "写到哪个文件；默认为当前目录下的 编号.yaml", HelpName = "文件" };
        var command = new DocumentedCommand(
            "new",
            "写出一份新办法的底稿，只写与上级办法不同的地方",
            ("securitycheck profiles new my-city-2026 --extends shangrao-2020", "写出 my-city-2026.yaml；改好后放进规则目录的 profiles 下，用 rules verify --rulesets 检查"))
        {
            id, parent, output, rulesets,
        };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(id)!;
            if (!MappingReader.IsIdentifier(name))
            {
                throw new BadRequestException($"{Printable.Of(name)} 不能作编号：只用小写字母、数字和连字符，例如 my-city-2026");
            }

            var path = parsed.GetValue(output) ?? $"{name}.yaml";
            if (File.Exists(path))
            {
                throw new BadRequestException($"{path} 已存在");
            }

            File.WriteAllText(path, Draft(name, Chosen(parsed.GetValue(rulesets), parsed.GetValue(parent)!)));
            Console.Out.WriteLine($"已写入 {path}。改好后放进规则目录的 profiles 下，再执行 securitycheck rules verify --rulesets 该目录。");
            return ExitCode.Passed;
        });
        return command;
    }

    private static string Draft(string id, AcceptanceProfile parent) => $"""
        # 验收办法底稿：只写与上级办法不同的条款；摘要请用自己的话，并写明条号。
        profile: {id}
        title: （请填）办法的名称
        source: （请填）所据文本、文号与日期
        extends: {parent.Id}
        # validFrom: 2026-01-01
        # validUntil: 2027-12-31
        # 上级办法里在本地不适用的条款：
        # without: [{parent.Clauses.Select(c => c.Id).FirstOrDefault("条款编号")}]
        clauses:

        - id: {id.ToUpperInvariant()}-1
          article: 第一条
          summary: （请填）要求的摘要
          gate: acceptance        # filing 备案 | go-live 上线 | acceptance 验收 | advisory 参考
          materials: [项目建设总结]
          # pillars: [commercial-crypto, tls, classified-protection, code-security, electronic-archives]

        """;
}
