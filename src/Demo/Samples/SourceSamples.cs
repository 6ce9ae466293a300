using System.Globalization;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>Source code of the sample system: a text that names files and holds them.</summary>
internal static class SourceSamples
{
    private const string Mark = "=== ";

    /// <summary>Writes the files and gives the <c>sourceTrees:</c> of candidate.yaml.</summary>
    public static string Write(DemoSamples samples, DemoVariant variant)
    {
        var root = "";
        foreach (var block in Resource(variant == DemoVariant.WellRun ? "well-run.txt" : "careless.txt").Split("\n" + Mark).Select(b => b.StartsWith(Mark, StringComparison.Ordinal) ? b[Mark.Length..] : b))
        {
            var end = block.IndexOf('\n', StringComparison.Ordinal);
            var name = block[..end];
            var path = samples.File($"source/{name}", block[(end + 1)..].TrimEnd('\n') + "\n");
            root = path[..^(name.Length + 1)];
        }

        return string.Create(CultureInfo.InvariantCulture, $"sourceTrees:\n- id: backend\n  title: 源代码\n  path: {DemoSamples.Quoted(root)}\n");
    }

    private static string Resource(string name)
    {
        using var stream = typeof(SourceSamples).Assembly.GetManifestResourceStream($"sources/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
