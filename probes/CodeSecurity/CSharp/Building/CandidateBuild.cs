using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Builds a copy of the tree, project by project, with our analyzers in its compiler. This runs what the candidate's project files say, with the rights of the user.</summary>
internal sealed partial class CandidateBuild(IToolRunner tools, TimeProvider clock, ILogger log)
{
    private const int TroubleLines = 3;
    private const int TroubleLength = 240;
    private static readonly TimeSpan ProjectCap = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan TotalCap = TimeSpan.FromMinutes(12);

    /// <summary>Others may hold secrets of the user's, and belong to no build.</summary>
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USERPROFILE", "LANG", "LC_ALL", "TZ", "DOTNET_ROOT", "NUGET_PACKAGES", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES", "PROGRAMFILES(X86)", "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
    };

    /// <param name="root">Of the tree.</param>
    /// <param name="set">Its projects, those first that others build on.</param>
    /// <param name="settings">Where the engines lie.</param>
    /// <param name="engines">Ours.</param>
    /// <param name="stop">The probe's clock.</param>
    public async Task<BuildOutcome> RunAsync(string root, ProjectSet set, AnalysisSettings settings, IReadOnlyList<AnalyzerEngine> engines, CancellationToken stop)
    {
        List<string> projects = [.. set.Projects.Select(p => p.Path).Where(p => p.Length > 0)];
        var sdk = await SdkAsync(stop);
        if (sdk is null || projects.Count == 0)
        {
            return BuildOutcome.None(sdk, sdk is null ? "本机没有 .NET SDK，没有构建" : "没有工程文件，没有构建");
        }

        using var copy = WorkCopy.Of(root, stop);
        var inputs = BuildInputs.Write(copy.Inputs, settings.EngineFolder, engines);
        var logs = new BuildLogs(copy.Tree, engines);
        var (built, references, began) = (new List<BuiltProject>(), new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase), clock.GetTimestamp());
        foreach (var project in projects)
        {
            log.LogInformation("构建 {Project}（{At}/{All}）", project, built.Count + 1, projects.Count);
            var left = TotalCap - clock.GetElapsedTime(began);
            var trouble = left <= TimeSpan.Zero ? "构建的总时限已到" : await BuildAsync(copy, project, inputs, left < ProjectCap ? left : ProjectCap, stop);
            var own = logs.Read(project, stop);
            built.Add(new BuiltProject(project, trouble is null, own.Count, trouble));
            if (trouble is null && own.Count > 0)
            {
                references[project] = own;
            }
        }

        return new BuildOutcome(
            new CSharpBuild { Sdk = sdk, Projects = built, Results = logs.Found.Count, OtherResults = logs.Others, Doubts = [.. copy.Doubts, .. logs.Doubts.Distinct(StringComparer.Ordinal), .. Failed(built)] },
            logs.Found,
            references);
    }

    private static IEnumerable<string> Failed(List<BuiltProject> built) =>
        built.Count(b => !b.IsBuilt) is var failed and > 0 ? [$"{failed} 个工程没有构建成功，这些工程按未构建的源代码分析"] : [];

    private async Task<string?> SdkAsync(CancellationToken stop)
    {
        try
        {
            var said = await tools.RunAsync(new ToolCall("dotnet", ["--version"]) { Environment = Variables(null) }, stop);
            return said.ExitCode == 0 ? said.OutputText.Trim() : null;
        }
        catch (UnableException)
        {
            return null;
        }
    }

    /// <returns>What went wrong; null where nothing did.</returns>
    private async Task<string?> BuildAsync(WorkCopy copy, string project, IReadOnlyList<string> inputs, TimeSpan cap, CancellationToken stop)
    {
        try
        {
            string[] arguments = ["build", Path.Combine(copy.Tree, project), "--nologo", "--disable-build-servers", "-nodeReuse:false", "-verbosity:quiet", "-p:UseSharedCompilation=false", "-p:GenerateDocumentationFile=false", .. inputs];
            var said = await tools.RunAsync(new ToolCall("dotnet", arguments) { Timeout = cap, OutputCap = 1024 * 1024, Environment = Variables(copy.Home) }, stop);
            return said.ExitCode == 0 ? null : Trouble(said, copy.Tree);
        }
        catch (UnableException unable)
        {
            return unable.Kind == FailureKind.TimedOut ? string.Create(CultureInfo.InvariantCulture, $"超过 {cap.TotalMinutes:0.#} 分钟没有构建完") : unable.Message;
        }
    }

    /// <summary>Errors of the build as people know them, without paths of this machine and without what looks like a secret.</summary>
    private static string Trouble(ToolResult said, string tree)
    {
        var lines = (said.OutputText + "\n" + said.ErrorText).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Replace(tree + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        var errors = lines.Where(l => ErrorLine().IsMatch(l)).ToList();
        var shown = (errors.Count > 0 ? errors : lines).Take(TroubleLines).Select(l => SecretMask.Show(l.Length > TroubleLength ? l[..TroubleLength] + "…" : l, always: false));
        return string.Create(CultureInfo.InvariantCulture, $"退出码 {said.ExitCode}：{string.Join("；", shown)}");
    }

    private static Dictionary<string, string?> Variables(string? home)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in Environment.GetEnvironmentVariables().Keys.OfType<string>().Where(n => !Kept.Contains(n) || HoldsPassword(n)))
        {
            variables[name] = null;
        }

        variables["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        variables["DOTNET_NOLOGO"] = "1";
        variables["DOTNET_CLI_UI_LANGUAGE"] = "en";
        variables["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        variables["MSBUILDDISABLENODEREUSE"] = "1";
        if (home is not null)
        {
            variables["DOTNET_CLI_HOME"] = home;
            variables["TMPDIR"] = home;
            variables["TEMP"] = home;
            variables["TMP"] = home;
        }

        return variables;
    }

    /// <summary>Addresses of proxies may carry one.</summary>
    private static bool HoldsPassword(string name) => name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase) && Environment.GetEnvironmentVariable(name)?.Contains('@', StringComparison.Ordinal) == true;

    [GeneratedRegex(@"\berror [A-Z]+\d+|: error ", RegexOptions.NonBacktracking)]
    private static partial Regex ErrorLine();
}

/// <param name="Said">For the record.</param>
/// <param name="Found">What our analyzers said in the build.</param>
/// <param name="References">By project: libraries it was compiled against, of those that were built.</param>
internal sealed record BuildOutcome(CSharpBuild Said, IReadOnlyList<FoundDiagnostic> Found, IReadOnlyDictionary<string, IReadOnlyList<string>> References)
{
    public static BuildOutcome None(string? sdk, string why) =>
        new(new CSharpBuild { Sdk = sdk, Projects = [], Results = 0, OtherResults = 0, Doubts = [why] }, [], new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));
}
