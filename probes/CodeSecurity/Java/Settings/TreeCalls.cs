namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The links of every file of a tree, each file gone through once and only where somebody asks.</summary>
/// <param name="sources">Texts.</param>
/// <param name="program">The tree.</param>
internal sealed class TreeCalls(JavaSources sources, JavaProgram program)
{
    private readonly ILookup<string, JavaDeclaredType> _types = program.Types.All.ToLookup(t => t.Path, StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<CallLink>> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<object, bool> _answers = new(ReferenceEqualityComparer.Instance);

    /// <summary>Files that hold types, in ordinal order.</summary>
    public IEnumerable<(string Path, string Text)> Files => sources.Java.Where(j => _types.Contains(j.Key)).Select(j => (j.Key, j.Value));

    public IReadOnlyList<CallLink> Of(string path)
    {
        if (!_links.TryGetValue(path, out var links))
        {
            _links[path] = links = FileCalls.Of(program, [.. _types[path]]);
        }

        return links;
    }

    /// <summary>Whether some file has a link; asked once for each question.</summary>
    /// <param name="question">By which the answer is kept.</param>
    /// <param name="words">One of which stands in such a file.</param>
    /// <param name="fits">What is asked.</param>
    public bool Any(object question, IReadOnlyList<string> words, Func<CallLink, bool> fits)
    {
        if (!_answers.TryGetValue(question, out var answer))
        {
            _answers[question] = answer = Files.Any(f => words.Any(w => f.Text.Contains(w, StringComparison.Ordinal)) && Of(f.Path).Any(fits));
        }

        return answer;
    }
}
