using System.CommandLine;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

internal static class InitCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out", "-o") { Description = "写到哪个文件", HelpName = "文件", DefaultValueFactory = _ => "candidate.yaml" };
        var yes = new Option<bool>("--yes", "-y") { Description = "不提问，全部用默认值" };
        var force = new Option<bool>("--force") { Description = "覆盖已有文件" };
        var command = new DocumentedCommand(
            "init",
            "问几个问题，写出带注释的 candidate.yaml 和供编辑器用的 candidate.schema.json",
            ("securitycheck init", "逐项提问"),
            ("securitycheck init --yes --out candidate.yaml", "用默认值写一份再改"))
        {
            output, yes, force,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(output)!;
            if (File.Exists(path) && !parsed.GetValue(force))
            {
                throw new BadRequestException($"{path} 已存在；要覆盖请加 --force");
            }

            var answers = parsed.GetValue(yes) ? new InitAnswers() : InitAnswers.Ask(Console.In, Console.Out);
            var text = CandidateTemplate.Fill(answers);
            _ = CandidateReader.Read(YamlText.ReadMapping(path, System.Text.Encoding.UTF8.GetBytes(text)), Directory.GetCurrentDirectory(), CandidateReading.ForRun);
            File.WriteAllText(path, text);
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, CandidateTemplate.SchemaFile), CandidateSchema.Text);
            Console.Out.WriteLine($"已写入 {path} 和 {CandidateTemplate.SchemaFile}。");
            Console.Out.WriteLine($"下一步：按实际改好端点和材料，再执行 securitycheck run {path}");
            return ExitCode.Passed;
        });
        return command;
    }
}
