using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Values that stand in a tree as it is; they stay in memory.</summary>
internal static class TreeSecrets
{
    /// <param name="root">Of the tree.</param>
    /// <param name="swept">The pass over it: only files where it found something are read again.</param>
    /// <param name="rules">Those of the pass.</param>
    public static HashSet<string> Values(string root, SweptTree swept, SecretRules rules)
    {
        var (tree, values) = (FileTree.Open(root), new HashSet<string>(StringComparer.Ordinal));
        foreach (var found in swept.Of(new SecretExaminer(rules).Id))
        {
            try
            {
                if (Charsets.Decode(tree.Read(found.Path, SourceLimits.Default.FileBytes)) is { } decoded)
                {
                    values.UnionWith(new SecretSearch(rules, found.Path, LineEnds.WithoutLoneReturns(decoded.Text), SecretExaminer.IsCode(found.Language)).Run().Where(h => h.Confidence is not null).Select(h => h.Value));
                }
            }
            catch (UnableException)
            {
                // Gone since the pass: its values are then told as gone.
            }
        }

        return values;
    }
}
