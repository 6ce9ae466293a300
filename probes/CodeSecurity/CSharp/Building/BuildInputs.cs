using System.Security;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What is handed to the build: our analyzers, which of their numbers speak, and where the compiler logs.</summary>
internal static class BuildInputs
{
    /// <summary>Folder of the logs, below each project's own.</summary>
    public const string LogFolder = "securitycheck-logs";

    private const string Targets = "securitycheck.targets";
    private const string Levels = "securitycheck.globalconfig";

    /// <param name="folder">Where the files are put.</param>
    /// <param name="engineFolder">Where the engines lie.</param>
    /// <param name="engines">Those that can run.</param>
    /// <returns>Properties for the command line.</returns>
    public static IReadOnlyList<string> Write(string folder, string engineFolder, IReadOnlyList<AnalyzerEngine> engines)
    {
        List<AnalyzerEngine> able = [.. engines.Where(e => e.Trouble is null)];
        File.WriteAllText(Path.Combine(folder, Levels), LevelText(able));
        foreach (var settings in new[] { EngineSettings.ForSonar(able.SelectMany(e => e.Enabled)), EngineSettings.Sinks() })
        {
            File.WriteAllText(Path.Combine(folder, settings.Path), settings.GetText().ToString());
        }

        var libraries = able.SelectMany(e => Directory.EnumerateFiles(Path.Combine(engineFolder, e.Name), "*.dll")).Where(f => !Path.GetFileName(f).StartsWith("Microsoft.CodeAnalysis.CSharp.dll", StringComparison.OrdinalIgnoreCase) && Path.GetFileName(f) is not "Microsoft.CodeAnalysis.dll");
        File.WriteAllText(Path.Combine(folder, Targets), TargetText(folder, libraries));
        return [$"-p:CustomAfterMicrosoftCommonTargets={Path.Combine(folder, Targets)}", $"-p:CustomAfterMicrosoftCommonCrossTargetingTargets={Path.Combine(folder, Targets)}"];
    }

    private static string LevelText(IEnumerable<AnalyzerEngine> engines) =>
        "is_global = true\nglobal_level = 1000\n" + string.Concat(engines.SelectMany(e => e.All.Select(id => $"dotnet_diagnostic.{id}.severity = {(e.Enabled.Contains(id, StringComparer.Ordinal) ? "warning" : "none")}\n")).Distinct(StringComparer.Ordinal));

    private static string TargetText(string folder, IEnumerable<string> libraries) => $"""
        <Project>
          <PropertyGroup>
            <RunAnalyzers>true</RunAnalyzers>
            <RunAnalyzersDuringBuild>true</RunAnalyzersDuringBuild>
            <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
            <CodeAnalysisTreatWarningsAsErrors>false</CodeAnalysisTreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup Condition="'$(MSBuildProjectExtension)' == '.csproj'">
        {string.Concat(libraries.Select(l => $"    <Analyzer Include=\"{Escaped(l)}\" />\n"))}    <GlobalAnalyzerConfigFiles Include="{Escaped(Path.Combine(folder, Levels))}" />
            <AdditionalFiles Include="{Escaped(Path.Combine(folder, "SonarLint.xml"))}" />
            <AdditionalFiles Include="{Escaped(Path.Combine(folder, "SecurityCodeScan.config.yml"))}" />
          </ItemGroup>
          <Target Name="SecurityCheckLog" BeforeTargets="CoreCompile" Condition="'$(MSBuildProjectExtension)' == '.csproj'">
            <MakeDir Directories="$(MSBuildProjectDirectory)/{LogFolder}" />
            <PropertyGroup>
              <SecurityCheckName>$(MSBuildProjectDirectory)/{LogFolder}/$(MSBuildProjectName).$(TargetFramework)</SecurityCheckName>
              <ErrorLog>$(SecurityCheckName).sarif,version=2.1</ErrorLog>
            </PropertyGroup>
            <WriteLinesToFile File="$(SecurityCheckName).references" Lines="@(ReferencePathWithRefAssemblies->'%(FullPath)')" Overwrite="true" />
          </Target>
        </Project>
        """;

    /// <summary>For an attribute of a file of MSBuild, where some characters have a meaning of their own.</summary>
    private static string Escaped(string path) => SecurityElement.Escape(string.Concat(path.Select(c => c is '%' or '$' or '@' or ';' or '*' or '?' or '(' or ')' ? $"%{(int)c:X2}" : c.ToString())));
}
