using System.Diagnostics;
using System.Text.Json;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>tree-sitter with its grammar of Java, in a process of its own; test.sh installs its packages.</summary>
/// <param name="repository">Root of this one: the packages lie in <c>artifacts/tree-sitter</c>.</param>
internal sealed class OtherJavaParser(string repository)
{
    private const int MostLinesShown = 20;

    /// <returns>Their folder; null where they are not installed.</returns>
    public static string? Packages(string repository) =>
        Path.Combine(repository, "artifacts", "tree-sitter") is var folder && File.Exists(Path.Combine(folder, "node_modules", "tree-sitter-java", "tree-sitter-java.wasm")) ? folder : null;

    /// <param name="texts">In order.</param>
    /// <returns>For each: what it says; null where it found an error.</returns>
    /// <exception cref="InvalidOperationException">It did not answer for every text.</exception>
    public IReadOnlyList<string[]?> Read(IReadOnlyList<string> texts)
    {
        var folder = Packages(repository) ?? throw new InvalidOperationException("tree-sitter is not installed");
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(repository, "tests", "Probes.CodeSecurity.Tests", "Java", "Differential", "tree-sitter.mjs"));
        start.ArgumentList.Add(folder);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        var written = Task.Run(() =>
        {
            foreach (var text in texts)
            {
                process.StandardInput.Write(JsonSerializer.Serialize(text) + "\n");
            }

            process.StandardInput.Close();
        });
        var read = new List<string[]?>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            read.Add(JsonSerializer.Deserialize<string[]?>(line));
        }

        process.WaitForExit();
        written.Wait();
        return read.Count == texts.Count ? read : throw new InvalidOperationException($"{read.Count} answers for {texts.Count} texts");
    }

    /// <summary>What one of the two says and the other does not, with the place in the text.</summary>
    public static IEnumerable<string> Differences(string text, JavaUnit ours, string[] theirs)
    {
        var more = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var fact in JavaFacts.Of(ours))
        {
            more[fact] = more.GetValueOrDefault(fact) + 1;
        }

        foreach (var fact in theirs)
        {
            more[fact] = more.GetValueOrDefault(fact) - 1;
        }

        return more.Where(m => m.Value != 0).Select(m => (m.Key, m.Value, At: Place(m.Key))).OrderBy(m => m.At).ThenBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => $"{(m.Value > 0 ? "ours" : "theirs")}: {m.Key}: {text[m.At..Math.Min(text.Length, m.At + 60)].ReplaceLineEndings(" ")}").Take(MostLinesShown);
    }

    private static int Place(string fact) => int.Parse(fact.Split(' ').First(w => char.IsAsciiDigit(w[0])), System.Globalization.CultureInfo.InvariantCulture);
}
