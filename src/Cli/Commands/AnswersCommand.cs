using System.CommandLine;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>answers</c>: what only people can answer, asked, checked and turned from one face into another.</summary>
internal static class AnswersCommand
{
    public static Command Create() => new DocumentedCommand("answers", "等级保护里要人回答的条目：出题、检查、换一种格式填写")
    {
        New(),
        Check(),
        Convert(),
    };

    private static DocumentedCommand New()
    {
        var source = new Argument<string>("来源") { Description = "candidate.yaml；或一个证据包目录，只问其中还没有结论的" };
        var output = new Option<string>("--out", "-o") { Description = $"写到哪个文件，{AnswerFile.Expected}", HelpName = "文件", DefaultValueFactory = _ => "answers.yaml" };
        var from = new Option<string?>("--from") { Description = $"以前填过的答题文件，{AnswerFile.Expected}：回答照抄，新问题补上；--out 已有文件时不写也这样做", HelpName = "文件" };
        var rulesets = CommonOptions.Rulesets();
        var command = new DocumentedCommand(
            "new",
            "写出答题文件：问题、看什么、可接受的证据、文档清单；已经填过的回答照抄",
            ("securitycheck answers new candidate.yaml", "写出 answers.yaml"),
            ("securitycheck answers new candidate.yaml --out 答题.html", "写出离线网页，用浏览器填"),
            ("securitycheck answers new packs/demo --out 答题.xlsx", "只问证据包里还没有结论的"),
            ("securitycheck answers new candidate.yaml --from 去年.xlsx", "沿用去年的回答，写出 answers.yaml"))
        {
            source, output, from, rulesets,
        };
        command.SetAction(parsed =>
        {
            var path = Known(parsed.GetValue(output)!);
            var given = parsed.GetValue(from);
            if (given is not null && File.Exists(path))
            {
                throw new BadRequestException($"{path} 已经存在，没有覆盖；要在它上面补新问题，去掉 --from");
            }

            var old = given is not null || File.Exists(path) ? AnswerFile.Read(Known(given ?? path)) : null;
            var library = Product.LoadRulesets(parsed.GetValue(rulesets)).Library;
            var (candidate, assessment) = Source(parsed.GetValue(source)!);
            if (candidate.ProtectionLevel is null)
            {
                throw new BadRequestException("candidate.yaml 没有写 protectionLevel（等级保护定级），列不出条目");
            }

            var questions = new AnswerQuestions(library, candidate);
            var today = BeijingTime.DayOf(TimeProvider.System.GetUtcNow());
            var blank = questions.Blank(today, assessment);
            var carried = old is null ? null : Carried(questions, old, blank, today);
            var sheet = carried?.Sheet ?? blank;
            if (carried?.Removed.Count > 0 && File.Exists(path))
            {
                File.Copy(path, $"{path}.old", overwrite: true);
            }

            File.WriteAllBytes(path, AnswerFile.Write(path, sheet, questions));
            if (carried is not null)
            {
                Console.Out.WriteLine($"沿用 {given ?? path} 里的回答 {carried.Kept} 行，新增问题 {carried.Added} 个，不再问而没有抄过来的 {carried.Removed.Count} 行{(carried.Removed.Count > 0 && given is null ? $"（原文件留在 {path}.old）" : "")}。");
                carried.Removed.ToList().ForEach(r => Console.Out.WriteLine(Printable.Of($"· {r}")));
            }

            Console.Out.WriteLine($"已写出 {path}：{sheet.Answers.Count} 个问题、{sheet.Cases.Count} 种高风险情形，靠 {sheet.Documents.Count} 种文档回答。");
            Console.Out.WriteLine("填好后在 candidate.yaml 写 protection.answers（须是 .yaml），先用 securitycheck answers check 检查。");
            return ExitCode.Passed;
        });
        return command;
    }

    private static DocumentedCommand Check()
    {
        var file = new Argument<string>("文件") { Description = $"答题文件，{AnswerFile.Expected}" };
        var candidate = new Option<string?>("--candidate") { Description = "candidate.yaml；给出时还检查条目与对象是否属于本系统", HelpName = "文件" };
        var hashes = new Option<bool>("--write-hashes") { Description = "给在场而没有散列的附件补上散列，写回文件" };
        var rulesets = CommonOptions.Rulesets();
        var command = new DocumentedCommand(
            "check",
            "检查答题文件：缺附件、散列不符、过期、超过 12 个月、没有的条目；有问题返回 2",
            ("securitycheck answers check answers.yaml --candidate candidate.yaml", "检查"),
            ("securitycheck answers check answers.yaml --write-hashes", "先补上附件的散列"))
        {
            file, candidate, hashes, rulesets,
        };
        command.SetAction(parsed =>
        {
            var path = Known(parsed.GetValue(file)!);
            var library = Product.LoadRulesets(parsed.GetValue(rulesets)).Library;
            var known = parsed.GetValue(candidate) is { } of ? Asked(of) : null;
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            var sheet = AnswerFile.Read(path);
            if (parsed.GetValue(hashes))
            {
                sheet = AnswerFile.WithHashes(sheet, folder);
                File.WriteAllBytes(path, AnswerFile.Write(path, sheet, new AnswerQuestions(library, known)));
            }

            sheet = AnswerFile.WithAttachments(sheet, (name, _) => Path.Combine(folder, name));
            var problems = AnswerChecking.Of(library, known, sheet, BeijingTime.DayOf(TimeProvider.System.GetUtcNow()));
            problems.ToList().ForEach(p => Console.Out.WriteLine(Printable.Of($"· {p}")));
            var answered = sheet.Answers.Count(a => a.Verdict is not null);
            Console.Out.WriteLine($"条目 {sheet.Answers.Count} 行，已回答 {answered}；高风险情形 {sheet.Cases.Count} 行，已回答 {sheet.Cases.Count(c => c.Claim is not null)}；文档 {sheet.Documents.Count(d => d.File is not null)} 份；问题 {problems.Count} 处。");
            return problems.Count == 0 ? ExitCode.Passed : ExitCode.NeedsReview;
        });
        return command;
    }

    private static DocumentedCommand Convert()
    {
        var from = new Argument<string>("原文件") { Description = $"答题文件，{AnswerFile.Expected}" };
        var to = new Argument<string>("新文件") { Description = $"写到哪个文件，{AnswerFile.Expected}" };
        var candidate = new Option<string?>("--candidate") { Description = "candidate.yaml；给出时问题按本系统的级别与对象写", HelpName = "文件" };
        var force = new Option<bool>("--force") { Description = "覆盖已有文件" };
        var rulesets = CommonOptions.Rulesets();
        var command = new DocumentedCommand(
            "convert",
            "在 YAML、Excel 表格、离线网页之间转换答题文件，内容不丢",
            ("securitycheck answers convert answers.yaml 答题.xlsx", "给人用表格填"),
            ("securitycheck answers convert 答题.xlsx answers.yaml --force", "填完转回来"))
        {
            from, to, candidate, force, rulesets,
        };
        command.SetAction(parsed =>
        {
            var path = Known(parsed.GetValue(to)!);
            if (File.Exists(path) && !parsed.GetValue(force))
            {
                throw new BadRequestException($"{path} 已经存在；要覆盖请加 --force");
            }

            var library = Product.LoadRulesets(parsed.GetValue(rulesets)).Library;
            var sheet = AnswerFile.Read(Known(parsed.GetValue(from)!));
            var known = parsed.GetValue(candidate) is { } of ? Asked(of) : null;
            File.WriteAllBytes(path, AnswerFile.Write(path, sheet, new AnswerQuestions(library, known)));
            Console.Out.WriteLine($"已写出 {path}：{sheet.Answers.Count} 个条目、{sheet.Cases.Count} 种高风险情形、{sheet.Documents.Count} 份文档。");
            return ExitCode.Passed;
        });
        return command;
    }

    private static CarriedAnswers Carried(AnswerQuestions questions, AnswerSheet old, AnswerSheet blank, DateOnly today) => old.System == blank.System
        ? questions.Carry(old, blank, today)
        : throw new BadRequestException($"答题文件是给 {old.System} 填的，而 candidate.yaml 是 {blank.System}，没有沿用");

    private static Candidate Asked(string path) => CandidateReader.Read(path, CandidateReading.ForAsking);

    private static string Known(string path) =>
        AnswerFile.IsKnown(path) ? path : throw new BadRequestException($"{path} 的扩展名不对，应为 {AnswerFile.Expected}");

    private static (Candidate Candidate, ProtectionAssessment? Assessment) Source(string source)
    {
        if (!Directory.Exists(source))
        {
            return (Asked(source), null);
        }

        var (candidate, run, records) = PackReader.ReadObservations(source);
        var rules = Product.LoadRulesets(PackReader.RulesetsOf(source));
        return (candidate, Rejudging.Judge(candidate, rules, Product.Probes, records, run).Judgement.Protection);
    }
}
