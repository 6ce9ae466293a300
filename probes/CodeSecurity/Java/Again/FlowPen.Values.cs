namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Values, objects and summaries.</summary>
internal sealed partial class FlowPen
{
    public void Method(ProgramMethod method)
    {
        var number = numbers.Of(method);
        if (number < 0)
        {
            Lose();
        }

        Number(number);
    }

    public void Variable(JavaVariable variable)
    {
        var number = numbers.Of(variable);
        if (number < 0)
        {
            Lose();
        }

        Number(number);
    }

    /// <summary>What a field was found to hold.</summary>
    public void Found(object? found)
    {
        switch (found)
        {
            case TaintMark[] marks: Marks(marks); break;
            case CodeValue code: Code(code); break;
            case string writer: Text(writer); break;
            case FlowValue value: Value(value); break;
            default: Number(0); break;
        }
    }

    public void Context(CallContext context)
    {
        Text(context.Key);
        Number(context.Constants.Count);
        foreach (var constant in context.Constants)
        {
            Constant(constant);
        }

        Number(context.Writers.Count);
        foreach (var writer in context.Writers)
        {
            Text(writer);
        }

        Number(context.Pieces.Count);
        foreach (var piece in context.Pieces)
        {
            Truth(piece);
        }

        Truth(context.IsTest);
        Text(context.Self);
        Truth(context.IsExact);
        Number(context.NoTexts.Count);
        foreach (var noText in context.NoTexts)
        {
            Truth(noText);
        }
    }

    public void Flow(FoundFlow flow)
    {
        Number(flow.Weakness);
        Place(flow.Site);
        Step(flow.Way);
        Number((int)flow.Trust);
        Truth(flow.IsDoubted);
    }

    public void Marks(TaintMark[] marks)
    {
        Number(marks.Length);
        foreach (var mark in marks)
        {
            Mark(mark);
        }
    }

    public void Code(CodeValue? code)
    {
        Number(code?.All.Count() ?? 0);
        foreach (var one in code?.All ?? [])
        {
            var (type, kind) = (numbers.Of(one.Type), FlowNumbers.KindOf(one.Syntax));
            if (type < 0 || kind < 0 || numbers.Code(one.Type.Path, one.Syntax.Span.Start, one.Syntax.Span.End, kind) != one.Syntax)
            {
                Lose();
            }

            Number(type);
            Number(kind);
            Place(new CodePlace(one.Type.Path, one.Syntax.Span.Start));
            Number(Before(new CodePlace(one.Type.Path, one.Syntax.Span.End - 1)));
            Number(one.Home is null ? 0 : HomeOf(one.Home));
            Number(one.Captured.Count);
            foreach (var variable in one.Captured)
            {
                Text(variable.Name);
                Text(variable.Type);
                Value(variable.Value);
                Number(variable.Declared);
            }
        }
    }

    public void Value(FlowValue? value)
    {
        Truth(value is not null);
        if (value is null)
        {
            return;
        }

        Marks(value.Marks);
        Constant(value.Constant);
        Text(value.Type);
        Number(value.Objects.Length);
        foreach (var one in value.Objects)
        {
            Number(one);
        }

        Code(value.Code);
        Element(value.Element);
        Text(value.Start);
        Text(value.Seen);
        Truth(value.MayBeOther);
    }

    public void Summary(MethodSummary summary)
    {
        Value(summary.Return);
        Number(summary.Raised.Count);
        foreach (var raised in summary.Raised)
        {
            Value(raised);
        }

        Number(summary.Objects.Count);
        foreach (var (number, one) in summary.Objects)
        {
            Number(number);
            Object(one);
        }

        Number(summary.Inputs.Count);
        foreach (var (number, input) in summary.Inputs)
        {
            Number(number);
            Origin(input);
        }

        Number(summary.Hits.Count);
        foreach (var hit in summary.Hits)
        {
            Number(hit.Weakness);
            Place(hit.Site);
            Origin(hit.Origin);
            Step(hit.Way);
            Truth(hit.IsSoiled);
            Inputs(hit.Checked);
            Inputs(hit.Filled);
            Truth(hit.IsDoubted);
        }

        Number(summary.Shares.Count);
        foreach (var shared in summary.Shares)
        {
            Text(shared.Field);
            Mark(shared.Mark);
        }

        Masks(summary.WhenTrue);
        Masks(summary.WhenFalse);
        Masks(summary.WhenNotNull);
        Masks(summary.WhenBack);
        Truth(summary.IsEndless);
        Outcomes(summary.Outcomes);
    }

    private void Outcomes(IReadOnlyList<ReturnOutcome> outcomes)
    {
        Number(outcomes.Count);
        foreach (var outcome in outcomes)
        {
            Text(outcome.Type);
            Number(outcome.Parts.Count);
            foreach (var (part, constant) in outcome.Parts)
            {
                Text(part);
                Constant(constant);
            }

            Masks(outcome.Cleaned);
        }
    }

    private void Object(FlowObject one)
    {
        Text(one.Type);
        Truth(one.IsExact);
        Truth(one.Input is not null);
        if (one.Input is not null)
        {
            Origin(one.Input);
        }

        Number(one.Count);
        Element(one.Element);
        Number(one.Parts.Count);
        foreach (var (part, value) in one.Parts)
        {
            Text(part);
            Value(value);
        }
    }

    private void Mark(TaintMark mark)
    {
        Origin(mark.Origin);
        Bits(mark.Cleaned);
        Bits(mark.Soiled);
        Step(mark.Way);
    }

    private void Origin(TaintOrigin origin)
    {
        Truth(origin is ForeignOrigin);
        if (origin is ForeignOrigin foreign)
        {
            Place(foreign.Place);
            Text(foreign.Kind);
            Number((int)foreign.Trust);
            Bits(foreign.Leads);
            Number((foreign.IsSegment ? 1 : 0) + (foreign.IsAddress ? 2 : 0));
            Number((int)foreign.Form);
        }
        else if (origin is InputOrigin input)
        {
            Number(input.Index);
            Text(input.Path);
        }
    }

    private void Inputs(InputSet set)
    {
        Number(set.All.Count);
        foreach (var input in set.All)
        {
            Origin(input);
        }
    }

    private void Masks(ulong[] masks)
    {
        Number(masks.Length);
        foreach (var mask in masks)
        {
            Bits(mask);
        }
    }

    private void Element(ElementType? element)
    {
        Truth(element is not null);
        if (element is not null)
        {
            Text(element.Name);
            Element(element.Element);
        }
    }

    private void Constant(object? constant)
    {
        switch (constant)
        {
            case null: Number(0); break;
            case string text: Number(1); Text(text); break;
            case long number: Number(2); Number(number); break;
            case bool truth: Number(3); Truth(truth); break;
            case char letter: Number(4); Number(letter); break;
            case JavaNull: Number(5); break;
            case DeployedText text: Number(6); Text(text.Value); break;
            case NamedMethod named: Number(7); Text(named.Type); Text(named.Name); break;
            default: Number(0); Lose(); break;
        }
    }

    private int HomeOf(object home)
    {
        if (!_homes.TryGetValue(home, out var number))
        {
            _homes[home] = number = _homes.Count + 1;
        }

        return number;
    }
}
