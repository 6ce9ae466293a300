using SmartCity.SecurityCheck.Probes.CodeSecurity;
using SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

namespace SmartCity.SecurityCheck.Benchmarks;

/// <summary>`compare-java DIR ROOT`: what our parser and tree-sitter say differently of the Java of a tree. ROOT is that of this repository, where test.sh has installed the packages of tree-sitter.</summary>
internal static class CompareJavaTree
{
    private const int AtOnce = 500;

    public static int Run(string directory, string repository)
    {
        var (files, same, theirErrors, ourGaps, facts) = (0, 0, new List<string>(), 0, 0L);
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        var (parser, other) = (new JavaParser(), new OtherJavaParser(repository));
        foreach (var some in Directory.EnumerateFiles(directory, "*.java", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Chunk(AtOnce))
        {
            var texts = Array.ConvertAll(some, File.ReadAllText);
            var read = other.Read(texts);
            for (var i = 0; i < some.Length; i++)
            {
                files++;
                var unit = parser.Parse(texts[i]);
                ourGaps += unit.Gaps.IsEmpty ? 0 : 1;
                if (read[i] is not { } theirs)
                {
                    theirErrors.Add(some[i]);
                    continue;
                }

                facts += theirs.Length;
                var differences = OtherJavaParser.Differences(texts[i], unit, theirs).ToList();
                same += differences.Count == 0 ? 1 : 0;
                foreach (var one in differences)
                {
                    Console.WriteLine($"{some[i]}: {one}");
                    var kind = string.Join(' ', one.Split(' ')[..2]);
                    kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                }
            }
        }

        theirErrors.ForEach(f => Console.WriteLine($"tree-sitter found an error: {f}"));
        Console.WriteLine($"{files} files, {facts} facts; {same} the same; tree-sitter found errors in {theirErrors.Count}, ours gaps in {ourGaps}");
        foreach (var (kind, count) in kinds.OrderByDescending(k => k.Value))
        {
            Console.WriteLine($"  {kind} {count}");
        }

        return 0;
    }
}
