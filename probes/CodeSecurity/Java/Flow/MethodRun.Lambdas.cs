using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Code that is handed to a call runs where it is handed over.</summary>
internal sealed partial class MethodRun
{
    private const int DeepestLambda = 6;

    /// <summary>Stands for the variables that are seen: code that was made where they are sees them as they are now.</summary>
    private object _home = new();
    private int _lambdas;

    /// <summary>Runs what is handed over with what it may be given there.</summary>
    /// <returns>Marks of what it returns, and the value; the latter is null where nothing was handed over.</returns>
    private (TaintMark[] Marks, FlowValue? Made) Handed(CallSite site)
    {
        if (!site.Arguments.Any(a => a.Code is not null))
        {
            return (TaintMarks.None, null);
        }

        var marks = TaintMarks.None;
        FlowValue? made = null;
        var others = Deep(site.Arguments.Where(a => a.Code is null));
        var element = site.Receiver is null ? FlowValue.Unknown : Read(site.Receiver, FlowObject.Any);
        element = element with { Marks = TaintMarks.Union(TaintMarks.Union(element.Marks, site.Receiver is null || element.Objects.Length > 0 ? TaintMarks.None : Deep(site.Receiver)), others), Constant = null };
        foreach (var argument in site.Arguments)
        {
            if (argument.Code is not null && _now is not null)
            {
                var before = _now.Copy();
                made = Both(made, Invoke(argument.Code, [element, element, element], isCountKnown: false));
                marks = TaintMarks.Union(marks, made is null ? TaintMarks.None : Deep(made));
                _now = Join(before, _now);
            }
        }

        return (marks, made);
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

    /// <param name="code">Whatever it may be: one of them runs.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="name">Of the method that is called; null where it does not matter.</param>
    /// <param name="isCountKnown">It is given just these; else as many of them as it takes.</param>
    /// <returns>Null where none of it has such a method.</returns>
    private FlowValue? Invoke(CodeValue code, IReadOnlyList<FlowValue> arguments, string? name = null, bool isCountKnown = true)
    {
        if (_now is null || IsTooDeep())
        {
            return FlowValue.Marked(Deep(arguments));
        }

        var (before, after, result) = (_now, default(FlowState), default(FlowValue));
        foreach (var one in code.All)
        {
            var methods = one.Syntax is JavaCreation made ? made.Body.OfType<JavaMethod>().Where(m => m.Body is not null && (name is null || (m.Name == name && m.Parameters.Length == arguments.Count))).ToList() : null;
            if (methods is { Count: 0 })
            {
                continue;
            }

            _now = code.Also is null ? before : before.Copy();
            var value = Inside(one, () => methods is null ? RunCode(one.Syntax, arguments, isCountKnown) : RunAll(methods, arguments));
            after = Join(after, _now);
            result = result is null ? value : FlowValue.Join(result, value);
        }

        _now = result is null ? before : after;
        return result;
    }

    /// <summary>Nobody knows which of them are called, nor in which order.</summary>
    private FlowValue RunAll(List<JavaMethod> methods, IReadOnlyList<FlowValue> arguments)
    {
        FlowValue? result = null;
        foreach (var method in methods)
        {
            var before = methods.Count == 1 ? null : _now!.Copy();
            var value = Run(method.Parameters, method.Body!, arguments);
            result = result is null ? value : FlowValue.Join(result, value);
            _now = before is null ? _now : Join(before, _now);
        }

        return result!;
    }

    private FlowValue RunCode(JavaExpression syntax, IReadOnlyList<FlowValue> arguments, bool isCountKnown) => syntax switch
    {
        JavaLambda lambda => Run(lambda.Parameters, lambda.Body, arguments),
        JavaMethodReference reference => Refer(reference, arguments, isCountKnown),
        _ => FlowValue.Unknown,
    };

    /// <summary>Goes through code as if it stood where it was made.</summary>
    private FlowValue Inside(CodeValue code, Func<FlowValue> run)
    {
        var (mark, type, path, home, uses, nameless) = (_scopes.Mark(), _type, _path, _home, _uses, _nameless);
        var isOwn = ReferenceEquals(code.Home, _home);
        (_type, _path, _nameless) = (code.Type, code.Type.Path, null);
        if (!isOwn)
        {
            _scopes.Shut();
            (_home, _uses) = (new object(), new NameUses(code.Syntax));
        }

        foreach (var variable in code.Captured)
        {
            // Another variable may have the name by now.
            if (!isOwn || variable.Declared == 0 || _scopes.Declaration(variable.Name) != variable.Declared)
            {
                _now![_scopes.Declare(variable.Name, variable.Type)] = variable.Value;
            }
        }

        _lambdas++;
        var value = run();
        _lambdas--;
        (_type, _path, _home, _uses, _nameless) = (type, path, home, uses, nameless);
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
                captured.Add(new CapturedVariable(name, _scopes.TypeOf(name), CodeValue.Taken(_now![variable]), _scopes.Declaration(name)));
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
            Invoke(code, [FlowValue.Unknown, FlowValue.Unknown, FlowValue.Unknown], isCountKnown: false);
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
            Run(method.Parameters, method.Body!, _book.Entries.EntryOf(type, method) is { } entry ? [.. method.Parameters.Select(p => Called(p, _type, entry))] : []);
            _now = Join(before, _now);
        }

        _lambdas--;
    }
}
