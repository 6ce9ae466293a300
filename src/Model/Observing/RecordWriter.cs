using System.Buffers;
using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SmartCity.SecurityCheck.Model;

/// <summary>
/// Writes records as <see cref="ObservationJson.Options"/> describes them, by looking at their properties as objects. The
/// serializer's generic machinery is compiled anew for every value type at every start, which took longer than the probing
/// itself; what this walk does not know (a converter, a base type, flags) it leaves to the serializer.
/// </summary>
internal static class RecordWriter
{
    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();

    /// <param name="value">What is written.</param>
    /// <param name="declared">The type it is written as.</param>
    /// <param name="indented">Two spaces a level and LF, for files; else one line.</param>
    public static ReadOnlyMemory<byte> Write(object? value, Type declared, bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions(indented)))
        {
            Write(writer, value, declared);
        }

        return buffer.WrittenMemory;
    }

    private static JsonWriterOptions WriterOptions(bool indented) => new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = indented,
        NewLine = "\n",
        MaxDepth = ObservationJson.MaxDepth,
    };

    private static void Write(Utf8JsonWriter writer, object? value, Type declared)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                return;
            case IFact fact:
                Write(writer, fact.Known, declared.GetGenericArguments()[0]);
                return;
        }

        var type = declared == typeof(object) ? value.GetType() : Nullable.GetUnderlyingType(declared) ?? declared;
        if (!WriteScalar(writer, value, type))
        {
            WriteComposite(writer, value, type);
        }
    }

    private static bool WriteScalar(Utf8JsonWriter writer, object value, Type type)
    {
        if (type.IsEnum)
        {
            return WriteEnum(writer, value, type);
        }

        switch (value)
        {
            case string text: writer.WriteStringValue(text); return true;
            case bool yes: writer.WriteBooleanValue(yes); return true;
            case int number: writer.WriteNumberValue(number); return true;
            case long number: writer.WriteNumberValue(number); return true;
            case byte number: writer.WriteNumberValue((int)number); return true;
            case ushort number: writer.WriteNumberValue((int)number); return true;
            case double number: writer.WriteNumberValue(number); return true;
            case DateTimeOffset moment: writer.WriteStringValue(moment); return true;
            case JsonElement element: element.WriteTo(writer); return true;
            default: return false;
        }
    }

    private static bool WriteEnum(Utf8JsonWriter writer, object value, Type type)
    {
        if (type.IsDefined(typeof(FlagsAttribute), inherit: false) || Enum.GetName(type, value) is not { } name)
        {
            return false;
        }

        writer.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(name));
        return true;
    }

    private static void WriteComposite(Utf8JsonWriter writer, object value, Type type)
    {
        var shape = Shapes.GetOrAdd(type, static t => Shape.Of(t));
        if (shape.Members is { } members)
        {
            WriteMembers(writer, value, members);
        }
        else if (shape.Element is { } element)
        {
            writer.WriteStartArray();
            foreach (var item in (IEnumerable)value)
            {
                Write(writer, item, element);
            }

            writer.WriteEndArray();
        }
        else
        {
            JsonSerializer.Serialize(writer, value, type, ObservationJson.Compact);
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, object value, IReadOnlyList<Member> members)
    {
        writer.WriteStartObject();
        foreach (var member in members)
        {
            var held = member.Read(value);
            var isLeftOut = held switch
            {
                null => member.LeftOutWhenNull,
                IFact fact => !fact.IsKnown,
                _ => false,
            };
            if (!isLeftOut)
            {
                writer.WritePropertyName(member.Name);
                Write(writer, held, member.Type);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>What one type is written as: an object of its members, an array of its elements, or neither (the serializer's).</summary>
    private sealed record Shape(IReadOnlyList<Member>? Members, Type? Element)
    {
        private static readonly Shape Serializers = new(null, null);

        public static Shape Of(Type type)
        {
            if (typeof(IEnumerable).IsAssignableFrom(type))
            {
                return ElementOf(type) is { } element ? new Shape(null, element) : Serializers;
            }

            var isPlain = (type.IsClass && type.BaseType == typeof(object)) || (type is { IsValueType: true, IsPrimitive: false } && type.Assembly != typeof(int).Assembly);
            if (!isPlain || type.GetCustomAttributesData().Any(a => a.AttributeType.Namespace == typeof(JsonConverterAttribute).Namespace))
            {
                return Serializers;
            }

            var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0).ToList();
            return properties.Exists(p => p.GetCustomAttributesData().Any(a => IsStrange(p, a)))
                ? Serializers
                : new Shape([.. properties.Where(p => !IsIgnored(p)).Select(p => new Member(p))], null);
        }

        /// <summary>Lists of one known element; dictionaries, bytes and JSON trees have a form of their own.</summary>
        private static Type? ElementOf(Type type)
        {
            if (type == typeof(byte[]) || typeof(JsonNode).IsAssignableFrom(type) || type.IsDefined(typeof(JsonConverterAttribute)))
            {
                return null;
            }

            var lists = type.GetInterfaces().Append(type)
                .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)).ToList();
            return lists is [var only] && !(only.GenericTypeArguments[0] is { IsGenericType: true } e && e.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
                ? only.GenericTypeArguments[0]
                : null;
        }

        private static bool IsStrange(PropertyInfo property, CustomAttributeData attribute) =>
            attribute.AttributeType.Namespace == typeof(JsonConverterAttribute).Namespace
            && !(property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always or JsonIgnoreCondition.WhenWritingNull });

        private static bool IsIgnored(PropertyInfo property) =>
            property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always };
    }

    private sealed class Member
    {
        private readonly PropertyInfo _property;
        private readonly FieldInfo? _field;

        public Member(PropertyInfo property)
        {
            _property = property;
            // Reading the field behind a property is plain memory; calling the property would have a method made for it.
#pragma warning disable S3011 // a record's own storage, read and never written
            _field = property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance);
#pragma warning restore S3011
            Name = JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(property.Name), JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
            LeftOutWhenNull = property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.WhenWritingNull };
        }

        public JsonEncodedText Name { get; }

        public Type Type => _property.PropertyType;

        public bool LeftOutWhenNull { get; }

        public object? Read(object owner) => _field is null ? _property.GetValue(owner) : _field.GetValue(owner);
    }
}
