using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Every node of a tree of syntax, by what its properties hold, so that no node can be left out of a test by a forgotten case.</summary>
internal static class JavaTree
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();

    /// <summary>With the node around each and the distance from the root.</summary>
    public static IEnumerable<(JavaNode Node, JavaNode? Parent, int Depth)> All(JavaNode root)
    {
        var open = new Stack<(JavaNode Node, JavaNode? Parent, int Depth)>([(root, null, 0)]);
        while (open.TryPop(out var one))
        {
            yield return one;
            foreach (var child in Children(one.Node).Reverse())
            {
                open.Push((child, one.Node, one.Depth + 1));
            }
        }
    }

    public static IEnumerable<T> OfKind<T>(JavaNode root)
        where T : JavaNode => All(root).Select(n => n.Node).OfType<T>();

    public static IEnumerable<JavaNode> Children(JavaNode node) =>
        Known.GetOrAdd(node.GetType(), t => t.GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract").ToArray())
            .SelectMany(p => Nodes(p.GetValue(node)));

    private static IEnumerable<JavaNode> Nodes(object? value) => value switch
    {
        JavaNode node => [node],
        JavaBinaryStep step => [step.Operand],
        string or null => [],
        IEnumerable list => IsDefault(list) ? [] : list.Cast<object>().SelectMany(Nodes),
        _ => [],
    };

    private static bool IsDefault(IEnumerable list) => list.GetType().GetProperty("IsDefault")?.GetValue(list) is true;
}
