using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Words of classified protection in YAML and tables.</summary>
public static class ProtectionWords
{
    public static IReadOnlyList<(string Word, AssetKind Value)> Kinds { get; } = [.. Enum.GetValues<AssetKind>().Select(k => (k.Word(), k))];

    public static IReadOnlyList<(string Word, SystemExtension Value)> Extensions { get; } = [.. Enum.GetValues<SystemExtension>().Select(e => (e.Word(), e))];

    public static IReadOnlyList<(string Word, GradeAspect Value)> Grades { get; } = [.. Enum.GetValues<GradeAspect>().Select(g => (g.Letter(), g))];

    public static IReadOnlyList<(string Word, ControlEffort Value)> Efforts { get; } =
        [("configuration", ControlEffort.Configuration), ("document", ControlEffort.Document), ("works", ControlEffort.Works)];

    public static IReadOnlyList<(string Word, ControlImportance Value)> Importances { get; } = [.. Enum.GetValues<ControlImportance>().Select(i => (i.Name(), i))];
}
