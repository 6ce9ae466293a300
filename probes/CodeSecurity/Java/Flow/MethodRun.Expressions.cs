namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Expressions that are no calls.</summary>
internal sealed partial class MethodRun
{
    private static bool? Truth(FlowValue value) => value.Constant as bool?;

    private FlowValue Evaluate(JavaExpression expression)
    {
        if (_now is null || !LookOn())
        {
            return FlowValue.Unknown;
        }

        return expression switch
        {
            JavaLiteral literal => Literal(literal),
            JavaName name => Name(name),
            JavaSelect select => Select(select),
            JavaCall call => Call(call),
            JavaCreation creation => Create(creation),
            JavaAssignment assignment => Assign(assignment),
            JavaBinary binary => Binary(binary),
            JavaUnary unary => Unary(unary),
            JavaCast cast => Narrow(Evaluate(cast.Operand), _program.NameOf(cast.Type, _type)),
            JavaConditional choice => Conditional(choice),
            JavaInstanceOf test => InstanceOf(test),
            JavaIndex index => Index(index),
            JavaArrayCreation array => ArrayOf(array, array.Values, (_program.NameOf(array.Element, _type) ?? "java.lang.Object") + string.Concat(Enumerable.Repeat("[]", Math.Max(1, array.Dimensions))), array),
            JavaArrayValues values => ArrayOf(values, values, null),
            JavaLambda or JavaMethodReference => new FlowValue(TaintMarks.None, null, null, [], Code(expression)),
            JavaSwitchExpression choice => Switch(choice),
            JavaClassLiteral literal => FlowValue.OfType("java.lang.Class") with { Constant = _program.NameOf(literal.Type, _type) },
            _ => FlowValue.Unknown,
        };
    }

    private static FlowValue Literal(JavaLiteral literal) => ConstantFolding.Literal(literal) is { } constant
        ? FlowValue.Of(constant)
        : FlowValue.OfType(literal.Kind is JavaTokenKind.FloatLiteral or JavaTokenKind.DoubleLiteral ? "double" : literal.Kind is JavaTokenKind.IntLiteral or JavaTokenKind.LongLiteral ? "long" : null);

    private FlowValue Switch(JavaSwitchExpression choice)
    {
        var mark = _scopes.Mark();
        var value = Select(choice.Subject, choice.Cases, hasValue: true);
        _scopes.Leave(mark);
        return value;
    }

    private FlowValue Binary(JavaBinary binary)
    {
        var value = Beside(Evaluate(binary.First), null, binary, 0);
        var isQuery = value.Constant is string first && first.Contains('?', StringComparison.Ordinal);
        for (var i = 0; i < binary.Steps.Length; i++)
        {
            var step = binary.Steps[i];
            if (step.Operator is JavaOperator.AndAlso or JavaOperator.OrElse)
            {
                return Logical(binary, value, i);
            }

            var operand = Beside(Evaluate(step.Operand), i == 0 ? binary.First : binary.Steps[i - 1].Operand, binary, i + 1);
            value = Operate(step.Operator, value, isQuery ? operand.WithMarks(TaintMarks.Clean(operand.Marks, _apis.Hosts | _apis.Tails)) : operand, binary.Span);
            isQuery |= operand.Constant is string text && text.Contains('?', StringComparison.Ordinal);
        }

        return value;
    }

    /// <summary>What stands behind is looked at knowing what stands before.</summary>
    private FlowValue Logical(JavaBinary binary, FlowValue first, int from)
    {
        var sign = binary.Steps[from].Operator;
        var decides = sign is JavaOperator.OrElse;
        var known = Truth(first);
        if (known == decides)
        {
            return first;
        }

        var skipped = default(FlowState);
        var previous = binary.First;
        for (var i = from; i < binary.Steps.Length && _now is not null; i++)
        {
            if (known is null)
            {
                skipped = Join(skipped, _now.Copy());
            }

            Assume(previous, !decides);
            var one = Evaluate(binary.Steps[i].Operand);
            previous = binary.Steps[i].Operand;
            var here = Truth(one);
            if (here == decides)
            {
                _now = Join(skipped, _now);
                return known is null && skipped is not null ? FlowValue.Of(decides) : one;
            }

            known = known is null ? null : here;
        }

        _now = Join(skipped, _now);
        return known is null ? FlowValue.OfType("boolean") : FlowValue.Of(!decides);
    }

    private FlowValue Operate(JavaOperator sign, FlowValue a, FlowValue b, JavaSpan place)
    {
        if (ConstantFolding.Binary(sign, a.Constant, b.Constant) is { } constant)
        {
            return FlowValue.Of(constant).WithMarks(constant is string or DeployedText ? TaintMarks.Union(a.Marks, b.Marks) : TaintMarks.None);
        }

        if (sign is not JavaOperator.Add)
        {
            return FlowValue.OfType(sign is >= JavaOperator.Equal and <= JavaOperator.GreaterEqual ? "boolean" : "long");
        }

        var isNumber = _apis.IsInert(a.Type) && _apis.IsInert(b.Type) && a.Type != "char" && a.Constant is not string && b.Constant is not string;
        if (isNumber)
        {
            return FlowValue.OfType("long");
        }

        var marks = TaintMarks.Union(Pieced(Spoken(a), b), Behind(StartOf(a), Pieced(Spoken(b), a)));
        return FlowValue.Marked(TaintMarks.Step(marks, Place(place), IsBreak(a) || IsBreak(b) ? new StepWords(WithBreak, StepDoubt.Relined) : "拼接"), "java.lang.String") with { Start = Started(StartOf(a) + StartOf(b)) };
    }

    private FlowValue Unary(JavaUnary unary)
    {
        var value = Evaluate(unary.Operand);
        switch (unary.Operator)
        {
            case JavaTokenKind.Not:
                return Truth(value) is { } truth ? FlowValue.Of(!truth) : FlowValue.OfType("boolean");
            case JavaTokenKind.Minus when value.Constant is long number:
                return FlowValue.Of(unchecked(-number));
            case JavaTokenKind.Increment or JavaTokenKind.Decrement:
                var changed = value.Constant is long old ? FlowValue.Of(unchecked(old + (unary.Operator is JavaTokenKind.Increment ? 1 : -1))) : FlowValue.OfType(value.Type ?? "int");
                Store(unary.Operand, changed);
                return unary.IsPostfix ? value : changed;
            default:
                return FlowValue.OfType(value.Type ?? "long");
        }
    }

    private FlowValue Conditional(JavaConditional choice)
    {
        var truth = Truth(Evaluate(choice.Condition));
        if (_now is null)
        {
            return FlowValue.Unknown;
        }

        if (truth is { } known)
        {
            return Evaluate(known ? choice.WhenTrue : choice.WhenFalse);
        }

        var other = _now.Copy();
        Assume(choice.Condition, true);
        var one = Evaluate(choice.WhenTrue);
        (_now, other) = (other, _now);
        Assume(choice.Condition, false);
        var two = Evaluate(choice.WhenFalse);
        _now = Join(other, _now);
        return FlowValue.Join(one, two);
    }

    private FlowValue InstanceOf(JavaInstanceOf test)
    {
        var value = Evaluate(test.Value);
        Bind(test.Pattern, value);
        return _now is null || (MayMatch(test.Pattern, value) && !IsNoText(test)) ? FlowValue.OfType("boolean") : FlowValue.Of(false);
    }

    /// <summary>Not where all it may be was made here, of types of the tree that are something else.</summary>
    private bool MayMatch(JavaPattern pattern, FlowValue value)
    {
        var asked = pattern switch { JavaTypePattern typed => typed.Type, JavaRecordPattern record => record.Type, _ => null };
        return asked is null || value.MayBeOther || _program.NameOf(asked, _type) is not { } type || ExactTypes(value) is not { } types
            || types.Exists(t => MayBe(t, type));
    }

    /// <summary>What types of libraries are of nobody knows who does not see them; so it is where two types have one name.</summary>
    private bool MayBe(JavaDeclaredType type, string asked)
    {
        List<string> above = [.. _program.NamesAbove(type)];
        return type.FullName == asked || asked is "java.lang.Object" || _program.Types.DeclaredTwice.Contains(type.FullName) || above.Contains(asked, StringComparer.Ordinal)
            || (_program.Find(asked) is null && asked is not "java.lang.String" && (type.Syntax.Kind != JavaTypeKind.Class || above.Exists(a => _program.Find(a) is null)));
    }

    private void Bind(JavaPattern pattern, FlowValue value)
    {
        if (_now is null)
        {
            return;
        }

        switch (pattern)
        {
            case JavaTypePattern { Name: { } name } typed:
                var type = _program.NameOf(typed.Type, _type);
                _now[_scopes.Declare(name, type)] = Narrow(value, type);
                break;
            case JavaRecordPattern record:
                var components = _program.Find(_program.NameOf(record.Type, _type))?.Syntax.Components;
                for (var i = 0; i < record.Parts.Length; i++)
                {
                    Bind(record.Parts[i], components is { } known && i < known.Length ? Read(value, known[i].Name) : FlowValue.Marked(value.Marks));
                }

                break;
        }
    }

    private FlowValue Index(JavaIndex index)
    {
        var (array, place) = (Evaluate(index.Target), Evaluate(index.Index));
        if (_now is null)
        {
            return FlowValue.Unknown;
        }

        var element = Read(array, PartOf(place.Constant));
        return array.Type is { } type && type.EndsWith("[]", StringComparison.Ordinal) ? Narrow(element, type[..^2]) : element;
    }

    private static string PartOf(object? key) => key switch
    {
        string text => $"[{text}]",
        long number => $"[{number}]",
        char sign => $"[{sign}]",
        bool truth => $"[{truth}]",
        _ => FlowObject.Any,
    };

    private FlowValue ArrayOf(JavaNode site, JavaArrayValues? values, string? type, JavaArrayCreation? made = null)
    {
        foreach (var length in made is null ? [] : made.Lengths)
        {
            Evaluate(length);
        }

        var one = FlowObject.New(type, values?.Values.Length ?? -1);
        for (var i = 0; values is not null && i < values.Values.Length; i++)
        {
            var element = values.Values[i] is JavaArrayValues inner ? ArrayOf(inner, inner, type is { Length: > 2 } ? type[..^2] : null) : Evaluate(values.Values[i]);
            one = one.With(PartOf((long)i), element);
        }

        return Allocate(site, one);
    }

    private FlowValue Assign(JavaAssignment assignment)
    {
        var value = assignment.Value is JavaArrayValues values ? ArrayOf(values, values, null) : Evaluate(assignment.Value);
        if (_now is null)
        {
            return value;
        }

        if (assignment.Operator is not JavaOperator.None)
        {
            value = Operate(assignment.Operator, Evaluate(assignment.Target), value, assignment.Span);
        }

        NoteFlag(assignment);
        var assigned = _now.Assigned;
        value = Store(assignment.Target, value);
        if (assignment is { Target: JavaName { Name: var name }, Operator: JavaOperator.None, Value: JavaCall { Name: "trim" or "strip" or "toLowerCase" or "toUpperCase" or "toString", Arguments.Length: 0, Target: JavaName { Name: var same } } } && name == same)
        {
            // A check of it holds for what was given as well.
            _now.Assigned = assigned;
        }

        return value;
    }
}
