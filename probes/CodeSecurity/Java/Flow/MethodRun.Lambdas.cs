using System.Collections.Immutable;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Code that is handed to a call runs where it is handed over.</summary>
internal sealed partial class MethodRun
{
    private const int DeepestLambda = 6;

    private readonly object _home = new();
    private int _lambdas;

    /// <summary>What code that was handed over last returned.</summary>
    private FlowValue? _handed;

    /// <summary>Runs what is handed over with what it may be given there.</summary>
    /// <returns>Marks of what it returns.</returns>
    private TaintMark[] Handed(CallSite site)
    {
        var marks = TaintMarks.None;
        _handed = null;
        FlowValue? made = null;
        var others = site.Arguments.Where(a => a.Code is null).Aggregate(TaintMarks.None, (all, a) => TaintMarks.Union(all, Deep(a)));
        var element = site.Receiver is null ? FlowValue.Unknown : Read(site.Receiver, FlowObject.Any);
        element = element with { Marks = TaintMarks.Union(TaintMarks.Union(element.Marks, site.Receiver is null ? TaintMarks.None : Deep(site.Receiver)), others), Constant = null };
        foreach (var argument in site.Arguments)
        {
            if (argument.Code is not null && _now is not null)
            {
                var before = _now.Copy();
                made = Both(made, Invoke(argument.Code, [element, element, element]));
                marks = TaintMarks.Union(marks, made is null ? TaintMarks.None : Deep(made));
                _now = Join(before, _now);
            }
        }

        _handed = made;

        return marks;
    }

    private bool IsTooDeep()
    {
        if (_lambdas < DeepestLambda)
        {
            return false;
        }

        _book.Cut.TryAdd(_method, $"lambda 与匿名类套了 {DeepestLambda} 层以上");
        return true;
    }

    /// <param name="name">Of the method that is called; null where it does not matter.</param>
    /// <returns>Null where none of it has such a method.</returns>
    private FlowValue? Invoke(CodeValue code, IReadOnlyList<FlowValue> arguments, string? name = null)
    {
        FlowValue? result = null;
        foreach (var one in code.All)
        {
            if (_now is null || IsTooDeep())
            {
                return FlowValue.Marked([.. arguments.SelectMany(Deep)]);
            }

            var methods = one.Syntax is JavaCreation made ? made.Body.OfType<JavaMethod>().Where(m => m.Body is not null && (name is null || (m.Name == name && m.Parameters.Length == arguments.Count))).ToList() : null;
            if (methods is { Count: 0 })
            {
                continue;
            }

            var before = code.Also is null && methods is null or { Count: 1 } ? null : _now.Copy();
            var value = Inside(one, () => methods is null ? RunCode(one.Syntax, arguments) : methods.Select(m => Run(m.Parameters, m.Body!, arguments)).Aggregate(FlowValue.Join));
            _now = before is null ? _now : Join(before, _now);
            result = result is null ? value : FlowValue.Join(result, value);
        }

        return result;
    }

    private FlowValue RunCode(JavaExpression syntax, IReadOnlyList<FlowValue> arguments) => syntax switch
    {
        JavaLambda lambda => Run(lambda.Parameters, lambda.Body, arguments),
        JavaMethodReference reference => Refer(reference, arguments),
        _ => FlowValue.Unknown,
    };

    /// <summary>Goes through code as if it stood where it was made.</summary>
    private FlowValue Inside(CodeValue code, Func<FlowValue> run)
    {
        var (mark, type, path) = (_scopes.Mark(), _type, _path);
        var isOwn = ReferenceEquals(code.Home, _home);
        if (!isOwn)
        {
            _scopes.Shut();
            (_type, _path) = (code.Type, code.Type.Path);
        }

        foreach (var variable in code.Captured)
        {
            if (!isOwn || _scopes.Find(variable.Name) < 0)
            {
                _now![_scopes.Declare(variable.Name, variable.Type)] = variable.Value;
            }
        }

        _lambdas++;
        var value = run();
        _lambdas--;
        (_type, _path) = (type, path);
        _scopes.Leave(mark);
        return value;
    }

    private CodeValue Code(JavaExpression syntax)
    {
        var captured = new List<CapturedVariable>();
        foreach (var name in _program.NamesIn(syntax))
        {
            if (_scopes.Find(name) is >= 0 and var variable)
            {
                captured.Add(new CapturedVariable(name, _scopes.TypeOf(name), CodeValue.Taken(_now![variable])));
            }
        }

        return new CodeValue(syntax, _type, captured, _home);
    }

    /// <summary>What is kept in a field is called by nobody knows whom: at least with what it took along.</summary>
    private void Touch(CodeValue? code)
    {
        if (code is not null && _now is not null)
        {
            var before = _now.Copy();
            Invoke(code, []);
            _now = Join(before, _now);
        }
    }

    private FlowValue Run(ImmutableArray<JavaParameter> parameters, JavaNode body, IReadOnlyList<FlowValue> arguments)
    {
        var mark = _scopes.Mark();
        for (var i = 0; i < parameters.Length; i++)
        {
            var type = _program.NameOf(parameters[i].Type, _type);
            _now![_scopes.Declare(parameters[i].Name, type)] = Narrow(i < arguments.Count ? arguments[i] : FlowValue.OfType(type), type);
        }

        var value = FlowValue.Unknown;
        if (body is JavaExpression expression)
        {
            value = Evaluate(expression);
        }
        else if (body is JavaBlock block)
        {
            var (outer, thrown) = (_returns, _now!.Copy());
            _returns = new ReturnPoint();
            Execute(block);
            value = _returns.Value ?? FlowValue.Unknown;
            _now = Join(_now, _returns.State) ?? thrown;
            _returns = outer;
        }

        _scopes.Leave(mark);
        return value;
    }

    private FlowValue Refer(JavaMethodReference reference, IReadOnlyList<FlowValue> arguments)
    {
        var given = arguments.Count > 0 ? arguments[0] : FlowValue.Unknown;
        var type = reference.Type is not null ? _program.NameOf(reference.Type, _type) : reference.Target is not null && !IsValue(reference.Target) ? TypeNamed(reference.Target) : null;
        if (reference.Target is not null && type is null)
        {
            return CallOn(new CallSite(reference, reference.Span, reference.Name, Evaluate(reference.Target), reference.Target, [given], default));
        }

        if (reference.Name == "new")
        {
            return FlowValue.Marked(Deep(given), type);
        }

        var site = new CallSite(reference, reference.Span, reference.Name, null, null, [given], default);
        if (_program.Find(type) is { } known)
        {
            return CallProgram(Nearest(known, reference.Name, [given]), site) ?? CallOn(site with { Receiver = given.Typed(type), Arguments = [] });
        }

        return type is not null && _apis.Find(type, reference.Name, 1) is not null ? CallLibrary(site, type) : CallLibrary(site with { Receiver = given, Arguments = [] }, type);
    }

    /// <summary>A library calls objects of the tree that are handed to it, where the tables say by which method.</summary>
    /// <returns>Marks of what they return.</returns>
    private TaintMark[] CallBack(CallSite site)
    {
        var marks = TaintMarks.None;
        foreach (var argument in site.Arguments)
        {
            if (argument.Code is not null || _program.Find(argument.Type) is not { } type)
            {
                continue;
            }

            foreach (var (name, count) in _program.Callbacks(type))
            {
                if (_now is null)
                {
                    return marks;
                }

                var before = _now.Copy();
                var given = FlowValue.Marked(AllMarks(site with { Arguments = [.. site.Arguments.Where(a => !ReferenceEquals(a, argument))] }));
                marks = TaintMarks.Union(marks, Deep(CallOn(new CallSite(site.Node, site.Span, name, argument, null, [.. Enumerable.Repeat(given, count)], default))));
                _now = Join(before, _now);
            }
        }

        return marks;
    }

    /// <summary>What a container hands over for a parameter of code that was made here.</summary>
    private FlowValue Called(JavaParameter parameter, CodeEntry entry)
    {
        var type = _program.NameOf(parameter.Type, _type);
        return _book.Entries.IsForeign(entry, type)
            ? FlowValue.Marked([new ForeignOrigin(Place(parameter.Span), $"{entry.Kind} {parameter.Name}", entry.Trust).Mark(parameter.Name)], type)
            : FlowValue.OfType(type);
    }

    /// <summary>A function that a method hands to a container is called with foreign input.</summary>
    private void HandOut(FlowValue value)
    {
        if (_lambdas == 0 && value.Code is { Syntax: JavaLambda lambda } && _book.Entries.EntryOf(_method) is { Hands.Count: > 0 } entry && _now is not null)
        {
            var before = _now.Copy();
            Invoke(value.Code, [.. lambda.Parameters.Select(p => Called(p, entry))]);
            _now = before;
        }
    }

    /// <summary>Methods of a class without a name, gone through where it is made: they see the variables around them.</summary>
    private void RunBody(ImmutableArray<JavaMember> members, string? type)
    {
        if (IsTooDeep())
        {
            return;
        }

        _lambdas++;
        foreach (var method in members.OfType<JavaMethod>().Where(m => m.Body is not null))
        {
            if (_now is null)
            {
                break;
            }

            var before = _now.Copy();
            Run(method.Parameters, method.Body!, _book.Entries.EntryOf(type, method) is { } entry ? [.. method.Parameters.Select(p => Called(p, entry))] : []);
            _now = Join(before, _now);
        }

        _lambdas--;
    }
}
