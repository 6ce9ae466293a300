using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    private readonly Scratch<JavaAnnotation> _annotations = new();
    private readonly Scratch<JavaAnnotationElement> _elements = new();

    private (JavaModifiers Modifiers, ImmutableArray<JavaAnnotation> Annotations) Modifiers()
    {
        var (modifiers, mark) = (JavaModifiers.None, _annotations.Mark);
        while (true)
        {
            if (Kind is >= JavaTokenKind.Public and <= JavaTokenKind.Default)
            {
                modifiers |= (JavaModifiers)(1 << (Kind - JavaTokenKind.Public));
                _at++;
            }
            else if (Kind == JavaTokenKind.At && KindAt(_at + 1) == JavaTokenKind.Identifier)
            {
                _annotations.Add(Annotation());
            }
            else if (IsSealed(_at))
            {
                modifiers |= JavaModifiers.Sealed;
                _at++;
            }
            else if (IsNonSealed(_at))
            {
                modifiers |= JavaModifiers.NonSealed;
                _at += 3;
            }
            else
            {
                return (modifiers, _annotations.Take(mark));
            }
        }
    }

    private bool IsSealed(int at) => IsWord(at, "sealed") && IsBeforeType(at + 1);

    private bool IsNonSealed(int at) => IsWord(at, "non") && KindAt(at + 1) == JavaTokenKind.Minus && IsWord(at + 2, "sealed") && IsBeforeType(at + 3);

    /// <summary>A word of the head of a type.</summary>
    private bool IsBeforeType(int at) =>
        KindAt(at) is JavaTokenKind.Class or JavaTokenKind.Interface or JavaTokenKind.At or (>= JavaTokenKind.Public and <= JavaTokenKind.Default);

    private ImmutableArray<JavaAnnotation> Annotations()
    {
        var mark = _annotations.Mark;
        while (Kind == JavaTokenKind.At && KindAt(_at + 1) == JavaTokenKind.Identifier)
        {
            _annotations.Add(Annotation());
        }

        return _annotations.Take(mark);
    }

    private JavaAnnotation Annotation()
    {
        var first = _at++;
        var name = DottedName();
        var mark = _elements.Mark;
        if (Enter() && Accept(JavaTokenKind.OpenParen))
        {
            if (Kind != JavaTokenKind.CloseParen)
            {
                do
                {
                    Element();
                }
                while (Accept(JavaTokenKind.Comma) && Kind != JavaTokenKind.CloseParen);
            }

            Expect(JavaTokenKind.CloseParen);
        }

        Leave();
        var elements = _elements.Take(mark);
        return new JavaAnnotation(Span(first), name, elements);
    }

    private void Element()
    {
        var first = _at;
        var key = "value";
        if (Kind == JavaTokenKind.Identifier && KindAt(_at + 1) == JavaTokenKind.Assign)
        {
            key = Identifier();
            _at++;
        }

        var value = Value();
        _elements.Add(new JavaAnnotationElement(Span(first), key, value));
    }

    /// <summary>An expression, a list of values in braces or an annotation.</summary>
    private JavaExpression Value()
    {
        var first = _at;
        if (Kind == JavaTokenKind.OpenBrace)
        {
            return ArrayValues();
        }

        if (Kind != JavaTokenKind.At)
        {
            return Expression();
        }

        if (KindAt(_at + 1) != JavaTokenKind.Identifier)
        {
            Fail(JavaGapReason.Unexpected);
            return Missing();
        }

        var annotation = Annotation();
        return new JavaAnnotationValue(Span(first), annotation);
    }

    private JavaArrayValues ArrayValues()
    {
        var first = _at;
        var mark = _expressions.Mark;
        if (Enter() && Expect(JavaTokenKind.OpenBrace))
        {
            while (Kind is not (JavaTokenKind.CloseBrace or JavaTokenKind.Comma or JavaTokenKind.EndOfFile))
            {
                _expressions.Add(Value());
                if (!Accept(JavaTokenKind.Comma))
                {
                    break;
                }
            }

            // A comma alone is a list of no values.
            Accept(JavaTokenKind.Comma);
            Expect(JavaTokenKind.CloseBrace);
        }

        Leave();
        var values = _expressions.Take(mark);
        return new JavaArrayValues(Span(first), values);
    }
}
