using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The ready pipelines: what a runner would do with them is done here, by its shell, in a working copy of a project.</summary>
public sealed partial class CiExampleTests : IDisposable
{
    private static readonly string[] Known = ["github", "gitlab", "gitee", "jenkins"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Fails for what is wrong, leaves every file the pipeline picks up, and knows an earlier pack where there is one.</summary>
    [SkippableTheory]
    [InlineData("github", "bash")]
    [InlineData("gitlab", "sh")]
    [InlineData("gitee", "sh")]
    [InlineData("jenkins", "sh")]
    public async Task What_a_runner_would_do_works(string name, string shell)
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 sh");
        var example = await ExampleAsync(name);
        var script = ScriptOf(name, example);
        await using var system = Systems.Http("HTTP/1.1 200 OK\r\nServer: nginx/1.2.3");
        Systems.Candidate(_folder, $"http://127.0.0.1:{system.Port}/");
        var (exitCode, output) = await RunAsync(shell, script);
        Assert.True(exitCode == 1, output);
        Assert.Contains("退出码  1", output, StringComparison.Ordinal);
        foreach (var file in PickedUp().Matches(example).Select(m => m.Value).Distinct(StringComparer.Ordinal))
        {
            Assert.True(File.Exists(_folder.File(file)), file);
        }

        Assert.Single(Directory.EnumerateDirectories(_folder.File("packs")));
        if (name == "gitlab")
        {
            Directory.Move(Directory.EnumerateDirectories(_folder.File("packs")).Single(), _folder.File("securitycheck-baseline"));
            Assert.Contains("与上次相比", (await RunAsync(shell, script)).Output, StringComparison.Ordinal);
        }

        // A file that cannot be read is the project's mistake and must not look like a passed gate.
        File.Delete(_folder.File("candidate.yaml"));
        Assert.Equal(3, (await RunAsync(shell, script)).ExitCode);
        Assert.False(File.Exists(_folder.File("securitycheck-results/findings.sarif")));
    }

    /// <summary>Both READMEs show what the tool prints.</summary>
    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public async Task The_examples_of_the_readme_are_those_the_tool_prints(string file)
    {
        var root = typeof(CiExampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
        var readme = (await File.ReadAllTextAsync(Path.Combine(root, file))).ReplaceLineEndings("\n");
        foreach (var name in Known)
        {
            Assert.Contains($"```{(name == "jenkins" ? "groovy" : "yaml")}\n{await ExampleAsync(name)}```", readme, StringComparison.Ordinal);
        }
    }

    private async Task<string> ExampleAsync(string name) => (await SecurityCheck.RunAsync(_folder.Path, "ci", "--print", name)).With(0).Output;

    /// <summary>The lines that the house hands to its shell.</summary>
    private static string ScriptOf(string name, string example)
    {
        if (name == "jenkins")
        {
            return InJenkins().Match(example).Groups["script"].Value;
        }

        var root = YamlText.ReadMapping(name, Encoding.UTF8.GetBytes(example));
        return name switch
        {
            "github" => Text(List(Map(Map(root["jobs"])["securitycheck"])["steps"]).Select(Map).Single(s => s["run"] is not null)["run"]),
            "gitlab" => string.Join('\n', List(Map(root["securitycheck"])["script"]).Select(Text)),
            _ => string.Join('\n', List(Map(List(Map(List(root["stages"])[0])["steps"])[0])["script"]).Select(Text)),
        };
    }

    private static YamlMapping Map(YamlValue? value) => Assert.IsType<YamlMapping>(value);

    private static IReadOnlyList<YamlValue> List(YamlValue? value) => Assert.IsType<YamlSequence>(value).Items;

    private static string Text(YamlValue? value) => Assert.IsType<YamlScalar>(value).Text;

    /// <summary>The tool lies where SECURITYCHECK_HOME says, as on a machine of the house.</summary>
    private async Task<(int ExitCode, string Output)> RunAsync(string shell, string script)
    {
        var home = Directory.CreateDirectory(_folder.File("the tool's home")).FullName;
        var tool = Path.Combine(home, "securitycheck");
        await File.WriteAllTextAsync(tool, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "securitycheck.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var info = new ProcessStartInfo(shell, ["-e", "-c", script]) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        info.Environment["SECURITYCHECK_HOME"] = home;
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    [GeneratedRegex("securitycheck-results/[a-z]+\\.[a-z]+", RegexOptions.NonBacktracking)]
    private static partial Regex PickedUp();

    [GeneratedRegex("sh\\(returnStatus: true, script: '(?<script>[^']+)'\\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InJenkins();
}
