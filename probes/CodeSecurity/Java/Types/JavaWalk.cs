using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The pieces a piece of syntax is made of.</summary>
internal static class JavaWalk
{
    /// <summary>A piece and everything in it, in no particular order; without recursion.</summary>
    public static IEnumerable<JavaNode> All(JavaNode start)
    {
        var open = new Stack<JavaNode>([start]);
        var parts = new List<JavaNode>();
        while (open.TryPop(out var node))
        {
            yield return node;
            parts.Clear();
            Parts(node, parts);
            foreach (var part in parts)
            {
                open.Push(part);
            }
        }
    }

    /// <summary>Adds the pieces a piece directly holds.</summary>
    public static void Parts(JavaNode node, List<JavaNode> to)
    {
        switch (node)
        {
            case JavaUnit n: Add(n.Members, to); break;
            case JavaTypeDeclaration n: Add(n.Members, to); Add(n.Constants, to); break;
            case JavaEnumConstant n: Add(n.Arguments, to); Add(n.Body, to); break;
            case JavaMethod n: Add(n.Body, to); break;
            case JavaField n: Add(n.Variables, to); break;
            case JavaInitializer n: to.Add(n.Body); break;
            case JavaVariable n: Add(n.Value, to); break;
            case JavaStatement n: OfStatement(n, to); break;
            case JavaBranch n: to.Add(n.Condition); to.Add(n.Then); break;
            case JavaSwitchCase n: Add(n.Labels, to); Add(n.Guard, to); Add(n.Body, to); break;
            case JavaCatch n: to.Add(n.Body); break;
            case JavaExpression n: OfExpression(n, to); break;
        }
    }

    private static void OfStatement(JavaStatement node, List<JavaNode> to)
    {
        switch (node)
        {
            case JavaBlock n: Add(n.Statements, to); break;
            case JavaLocalVariables n: Add(n.Variables, to); break;
            case JavaLocalType n: to.Add(n.Declaration); break;
            case JavaExpressionStatement n: to.Add(n.Expression); break;
            case JavaIf n: Add(n.Branches, to); Add(n.Else, to); break;
            case JavaWhile n: to.Add(n.Condition); to.Add(n.Body); break;
            case JavaDo n: to.Add(n.Body); to.Add(n.Condition); break;
            case JavaFor n: Add(n.First, to); Add(n.Condition, to); Add(n.Steps, to); to.Add(n.Body); break;
            case JavaForEach n: to.Add(n.Values); to.Add(n.Body); break;
            case JavaSwitch n: to.Add(n.Subject); Add(n.Cases, to); break;
            case JavaReturn n: Add(n.Value, to); break;
            case JavaYield n: to.Add(n.Value); break;
            case JavaThrow n: to.Add(n.Value); break;
            case JavaTry n: Add(n.Resources, to); to.Add(n.Body); Add(n.Catches, to); Add(n.Finally, to); break;
            case JavaSynchronized n: to.Add(n.Lock); to.Add(n.Body); break;
            case JavaLabeled n: to.Add(n.Body); break;
            case JavaAssert n: to.Add(n.Condition); Add(n.Message, to); break;
        }
    }

    private static void OfExpression(JavaExpression node, List<JavaNode> to)
    {
        switch (node)
        {
            case JavaSelect n: to.Add(n.Target); break;
            case JavaCall n: Add(n.Target, to); Add(n.Arguments, to); break;
            case JavaCreation n: Add(n.Outer, to); Add(n.Arguments, to); Add(n.Body, to); break;
            case JavaArrayCreation n: Add(n.Lengths, to); Add(n.Values, to); break;
            case JavaArrayValues n: Add(n.Values, to); break;
            case JavaIndex n: to.Add(n.Target); to.Add(n.Index); break;
            case JavaMethodReference n: Add(n.Target, to); break;
            case JavaLambda n: to.Add(n.Body); break;
            case JavaUnary n: to.Add(n.Operand); break;
            case JavaBinary n: OfBinary(n, to); break;
            case JavaInstanceOf n: to.Add(n.Value); break;
            case JavaCast n: to.Add(n.Operand); break;
            case JavaConditional n: to.Add(n.Condition); to.Add(n.WhenTrue); to.Add(n.WhenFalse); break;
            case JavaAssignment n: to.Add(n.Target); to.Add(n.Value); break;
            case JavaSwitchExpression n: to.Add(n.Subject); Add(n.Cases, to); break;
        }
    }

    private static void OfBinary(JavaBinary node, List<JavaNode> to)
    {
        to.Add(node.First);
        foreach (var step in node.Steps)
        {
            to.Add(step.Operand);
        }
    }

    private static void Add(JavaNode? one, List<JavaNode> to)
    {
        if (one is not null)
        {
            to.Add(one);
        }
    }

    private static void Add<T>(ImmutableArray<T> all, List<JavaNode> to)
        where T : JavaNode
    {
        if (all.IsDefault)
        {
            return;
        }

        // Added as a range each of them would be asked for through two interfaces.
        foreach (var one in all)
        {
            to.Add(one);
        }
    }
}
