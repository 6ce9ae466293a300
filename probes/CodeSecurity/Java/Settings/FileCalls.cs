using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The links of one file of Java.</summary>
internal sealed class FileCalls
{
    private const int DeepestVariable = 8;
    private const int MostLinks = 200_000;

    private readonly JavaProgram _program;
    private readonly List<CallLink> _links = [];
    private readonly Dictionary<JavaNode, CallLink> _known = new(ReferenceEqualityComparer.Instance);
    private JavaDeclaredType _type;
    private CallVariables _variables = CallVariables.None;
    private CallValues _values;
    private JavaNode? _member;

    private FileCalls(JavaProgram program, JavaDeclaredType first) => (_program, _type, _values) = (program, first, new CallValues(program, first, CallVariables.None));

    /// <param name="program">The tree.</param>
    /// <param name="types">Of the file; at least one.</param>
    public static IReadOnlyList<CallLink> Of(JavaProgram program, IReadOnlyList<JavaDeclaredType> types)
    {
        var calls = new FileCalls(program, types[0]);
        foreach (var type in types)
        {
            calls.Enter(type);
        }

        return calls._links;
    }

    private void Enter(JavaDeclaredType type)
    {
        (_type, _member, _variables) = (type, null, CallVariables.None);
        _values = new CallValues(_program, type, _variables);
        foreach (var above in type.Syntax.Extends.Concat(type.Syntax.Implements))
        {
            Add(new CallLink($"extends {CallVariables.SimpleName(above)}", Nothing, null) { At = above.Span.Start });
        }

        Annotations(type.Syntax.Annotations);
        foreach (var member in type.Syntax.Members.Where(m => m is not JavaTypeDeclaration))
        {
            (_member, _variables) = (member, CallVariables.Of(member));
            _values = new CallValues(_program, type, _variables);
            Annotations(member.Annotations);
            Walk(member);
        }
    }

    private static Lazy<IReadOnlyList<IReadOnlyList<string>>> Nothing { get; } = new([]);

    private void Add(CallLink link)
    {
        if (_links.Count < MostLinks)
        {
            _links.Add(link);
        }
    }

    private void Annotations(ImmutableArray<JavaAnnotation> annotations)
    {
        var values = _values;
        foreach (var annotation in annotations)
        {
            var name = DottedName.Last(annotation.Name);
            Add(new CallLink($"@{name}", new(() => [.. annotation.Elements.Select(e => (IReadOnlyList<string>)[.. values.Of(e.Value).Select(v => $"{e.Key}={v}")])]), null) { At = annotation.Span.Start, Member = _member });
        }
    }

    /// <summary>Every call of a member; what stands in a lambda knows the call the lambda was given to.</summary>
    private void Walk(JavaNode member)
    {
        var (open, parts) = (new Stack<(JavaNode Node, Frame Frame)>([(member, new Frame(null, false, null, null, null))]), new List<JavaNode>());
        while (open.TryPop(out var next))
        {
            var (node, frame) = next;
            if (node is JavaStatement and not JavaBlock)
            {
                frame = frame with { Statement = node };
            }

            if (node is JavaIf or JavaConditional or JavaSwitch or JavaSwitchExpression)
            {
                frame = frame with { IsConditional = true };
            }

            var link = node is JavaCall or JavaCreation ? LinkOf((JavaExpression)node, frame, 0) : null;
            if (link is not null)
            {
                Add(link);
            }

            parts.Clear();
            JavaWalk.Parts(node, parts);
            foreach (var part in parts)
            {
                open.Push((part, link is not null && part is JavaLambda { Parameters: [{ Name: var name }] } ? new Frame(frame.Statement, frame.IsConditional, name, link, frame) : frame));
                if (link is not null && part is JavaMethodReference { Name: var called } reference)
                {
                    Add(new CallLink(called, Nothing, link) { At = reference.Span.Start, Variable = link.Variable, VariableType = link.VariableType, Statement = frame.Statement, IsConditional = frame.IsConditional, Member = _member });
                }
            }
        }
    }

    /// <summary>Chains are long rather than deep: one call after the other, from the first on.</summary>
    private CallLink? LinkOf(JavaExpression last, Frame frame, int depth)
    {
        var waiting = new Stack<JavaExpression>();
        JavaExpression? at = last;
        while (at is JavaCall call && !_known.ContainsKey(call))
        {
            waiting.Push(call);
            at = call.Target;
        }

        var (before, variable) = Beginning(at, frame, depth);
        while (waiting.TryPop(out var next))
        {
            var call = (JavaCall)next;
            var values = _values;
            before = _known[call] = new CallLink(call.Name, new(() => [.. call.Arguments.Select(values.Of)]), before)
            {
                At = call.NameSpan.Start, Variable = before?.Variable ?? variable, VariableType = before?.VariableType ?? TypeOf(variable), Statement = frame.Statement, IsConditional = frame.IsConditional, Member = _member,
            };
        }

        return before;
    }

    private (CallLink? Link, string? Variable) Beginning(JavaExpression? start, Frame frame, int depth)
    {
        switch (start)
        {
            case JavaCall call:
                return (_known.GetValueOrDefault(call) ?? LinkOf(call, frame, depth + 1), null);
            case JavaCreation creation:
                if (!_known.TryGetValue(creation, out var made))
                {
                    var values = _values;
                    _known[creation] = made = new CallLink($"new {CallVariables.SimpleName(creation.Type)}", new(() => [.. creation.Arguments.Select(values.Of)]), null)
                    {
                        At = creation.Span.Start, Statement = frame.Statement, IsConditional = frame.IsConditional, Member = _member,
                    };
                }

                return (made, null);
            case JavaCast cast:
                return Beginning(cast.Operand, frame, depth);
            case JavaSelect { Target: JavaName { Name: "this" }, Name: var field }:
                return (null, field);
            case JavaName { Name: var name }:
                if (frame.Given(name) is { } given)
                {
                    return (given, null);
                }

                return depth < DeepestVariable && _variables.Only(name) is JavaCall { Target: not null } value && LinkOf(value, frame, depth + 1) is { } first
                    ? (first with { Variable = name, VariableType = TypeOf(name) }, name)
                    : (null, name);
            default:
                return (null, null);
        }
    }

    private string? TypeOf(string? variable) =>
        variable is null ? null
        : _variables.Has(variable) ? _program.NameOf(_variables.TypeOf(variable), _type)
        : _program.Field(_type, variable) is { } field ? _program.NameOf(field.Syntax.Type, field.Owner) : null;

    /// <summary>What is known around a piece of code.</summary>
    /// <param name="Statement">Around it.</param>
    /// <param name="IsConditional">It is reached on a condition only.</param>
    /// <param name="Parameter">Of the nearest lambda.</param>
    /// <param name="Link">The call that lambda was given to.</param>
    /// <param name="Around">Of the code around the lambda.</param>
    private sealed record Frame(JavaNode? Statement, bool IsConditional, string? Parameter, CallLink? Link, Frame? Around)
    {
        public CallLink? Given(string name)
        {
            for (var frame = this; frame is not null; frame = frame.Around)
            {
                if (frame.Parameter == name)
                {
                    return frame.Link;
                }
            }

            return null;
        }
    }
}
