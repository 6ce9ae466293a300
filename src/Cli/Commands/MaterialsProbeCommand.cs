using System.CommandLine;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probes.Materials;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>probe materials</c>: the papers of a folder, each by itself.</summary>
internal static class MaterialsProbeCommand
{
    private const int Most = 500;
    private const string UnknownKind = "（看不出）";

    public static Command Create(string name)
    {
        var paths = new Argument<string[]>("路径") { Description = "材料文件，或放着材料的目录（逐个文件看，不看子目录里的链接）", Arity = ArgumentArity.ZeroOrMore };
        var system = new Option<string?>("--system") { Description = "系统名称：看材料写的是不是它", HelpName = "名称" };
        var owner = new Option<string?>("--owner") { Description = "业主单位名称", HelpName = "名称" };
        var version = new Option<string?>("--system-version") { Description = "系统版本", HelpName = "版本" };
        var probing = new SingleProbing(Pillar.Materials, judges: true, tables: () => Product.LoadRulesets(null).Library.Tables);
        var command = new DocumentedCommand(
            name,
            "验收材料：每份是什么、哪天的、写的是不是本系统、有没有签章、过没过期",
            ($"securitycheck probe {name} materials/", "看一个目录里的材料，种类按文件名认"),
            ($"securitycheck probe {name} materials/ --system 政务服务办理系统 --owner 某区行政审批局 --system-version V2.1", "同时看写的是不是本系统、本单位、本版本"))
        {
            paths, system, owner, version,
        };
        probing.Options.ToList().ForEach(command.Add);
        command.SetAction(parsed =>
        {
            var subject = parsed.GetValue(system) is { } called ? new PaperSubject(called, parsed.GetValue(owner), parsed.GetValue(version)) : null;
            if (subject is null && (parsed.GetValue(owner) ?? parsed.GetValue(version)) is not null)
            {
                throw new BadRequestException("--owner 与 --system-version 要和 --system 一起写");
            }

            List<Target> targets = [.. parsed.GetValue(paths)!.SelectMany(FilesOf).Select((p, i) => Paper(p, i, subject))];
            return targets.Count > 0 ? probing.RunAsync(parsed, targets) : throw new BadRequestException("没有给出材料");
        });
        return command;
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? [Path.GetFullPath(path)] : throw new BadRequestException($"路径 {path} 不存在");
        }

        var files = Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Take(Most + 1).Select(Path.GetFullPath).ToList();
        return files.Count <= Most ? files : throw new BadRequestException($"目录 {path} 里的文件超过 {Most} 个，请分批看");
    }

    private static Document Paper(string path, int index, PaperSubject? subject) => new()
    {
        Id = $"paper-{index + 1}",
        Title = Path.GetFileName(path),
        Path = path,
        MaterialKind = KindRecognition.Named(Product.LoadRulesets(null).Library.Tables.MaterialKinds.SelectMany(t => t.Kinds), Path.GetFileNameWithoutExtension(path)) is [var kind, ..] ? kind : UnknownKind,
        Subject = subject,
    };
}
