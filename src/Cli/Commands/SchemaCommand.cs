using System.CommandLine;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

internal static class SchemaCommand
{
    public static Command Create()
    {
        var output = new Option<string?>("--out", "-o") { Description = "写到哪个文件；默认标准输出", HelpName = "文件" };
        var command = new DocumentedCommand(
            "schema",
            "输出 candidate.yaml 的 JSON Schema，供编辑器补全和检查",
            ("securitycheck schema --out candidate.schema.json", "写成文件，在 candidate.yaml 首行引用"))
        {
            output,
        };
        command.SetAction(parsed =>
        {
            var schema = CandidateSchema.Text;
            if (parsed.GetValue(output) is { } path)
            {
                File.WriteAllText(path, schema);
            }
            else
            {
                Console.Out.Write(schema);
            }

            return ExitCode.Passed;
        });
        return command;
    }
}
