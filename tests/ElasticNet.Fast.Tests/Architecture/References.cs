using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ElasticNet.Fast.Tests.Architecture;

/// <summary>
/// What each source file of an assembly uses of the others: read from the compiled code, so that neither a namespace nor the want of a
/// using hides anything. A member counts for the file that declares it (its lines are in the symbols), a type for its home.
/// </summary>
internal sealed class References
{
    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private readonly MetadataReader _types;
    private readonly MetadataReader _symbols;
    private readonly PEReader _code;
    private readonly SourceMap _sources;
    private readonly HashSet<(string From, string To)> _found = [];

    private References(PEReader code, MetadataReader symbols, SourceMap sources) =>
        (_code, _types, _symbols, _sources) = (code, code.GetMetadataReader(), symbols, sources);

    /// <summary>Pairs of files, the user and the used.</summary>
    public static HashSet<(string From, string To)> Of(Assembly assembly, SourceMap sources)
    {
        using PEReader code = new(File.OpenRead(assembly.Location));
        using MetadataReaderProvider symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb")));
        References references = new(code, symbols.GetMetadataReader(), sources);
        foreach (TypeDefinitionHandle type in references._types.TypeDefinitions)
            references.ReadType(type);
        return references._found;
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        if (Home(handle) is not { } home)
            return;
        TypeDefinition type = _types.GetTypeDefinition(handle);
        Add(home, type.BaseType);
        foreach (InterfaceImplementationHandle implemented in type.GetInterfaceImplementations())
            Add(home, _types.GetInterfaceImplementation(implemented).Interface);
        AddConstraints(home, type.GetGenericParameters());
        AddAttributes(home, type.GetCustomAttributes());
        foreach (FieldDefinitionHandle field in type.GetFields())
        {
            AddSignature(home, _types.GetFieldDefinition(field).Signature);
            AddAttributes(home, _types.GetFieldDefinition(field).GetCustomAttributes());
        }

        foreach (MethodDefinitionHandle method in type.GetMethods())
            ReadMethod(FileOf(method) ?? home, method);
    }

    private void ReadMethod(string file, MethodDefinitionHandle handle)
    {
        MethodDefinition method = _types.GetMethodDefinition(handle);
        AddSignature(file, method.Signature);
        AddConstraints(file, method.GetGenericParameters());
        AddAttributes(file, method.GetCustomAttributes());
        if (method.RelativeVirtualAddress == 0)
            return;
        MethodBodyBlock body = _code.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            AddSignature(file, _types.GetStandaloneSignature(body.LocalSignature).Signature);
        foreach (ExceptionRegion region in body.ExceptionRegions.Where(region => region.Kind == ExceptionRegionKind.Catch))
            Add(file, region.CatchType);
        BlobReader code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            short value = code.ReadByte();
            if (value == 0xFE)
                value = (short)(0xFE00 | code.ReadByte());
            switch (s_codes[value].OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    Add(file, MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    int count = code.ReadInt32();
                    code.Offset += 4 * count;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }
    }

    private void Add(string file, EntityHandle used)
    {
        switch (used.Kind)
        {
            case var _ when used.IsNil:
                break;
            case HandleKind.TypeDefinition:
                AddFile(file, Home((TypeDefinitionHandle)used));
                break;
            case HandleKind.TypeSpecification:
                AddSignature(file, _types.GetTypeSpecification((TypeSpecificationHandle)used).Signature, isType: true);
                break;
            case HandleKind.MethodDefinition:
                AddFile(file, FileOf((MethodDefinitionHandle)used) ?? Home(_types.GetMethodDefinition((MethodDefinitionHandle)used).GetDeclaringType()));
                break;
            case HandleKind.FieldDefinition:
                AddFile(file, Home(_types.GetFieldDefinition((FieldDefinitionHandle)used).GetDeclaringType()));
                break;
            case HandleKind.MemberReference:
                MemberReference member = _types.GetMemberReference((MemberReferenceHandle)used);
                Add(file, member.Parent);
                AddSignature(file, member.Signature);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification method = _types.GetMethodSpecification((MethodSpecificationHandle)used);
                Add(file, method.Method);
                AddSignature(file, method.Signature);
                break;
        }
    }

    /// <summary>All types of a signature, whatever it is of: after its header nothing but numbers, element codes and type tokens.</summary>
    private void AddSignature(string file, BlobHandle signature, bool isType = false)
    {
        BlobReader blob = _types.GetBlobReader(signature);
        SignatureTypes types = new(this, file);
        SignatureDecoder<bool, object?> decoder = new(types, _types, null);
        if (isType)
        {
            decoder.DecodeType(ref blob);
            return;
        }

        SignatureHeader header = blob.ReadSignatureHeader();
        blob.Reset();
        switch (header.Kind)
        {
            case SignatureKind.Field:
                decoder.DecodeFieldSignature(ref blob);
                break;
            case SignatureKind.LocalVariables:
                decoder.DecodeLocalSignature(ref blob);
                break;
            case SignatureKind.MethodSpecification:
                decoder.DecodeMethodSpecificationSignature(ref blob);
                break;
            default:
                decoder.DecodeMethodSignature(ref blob);
                break;
        }
    }

    private void AddConstraints(string file, GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameterHandle parameter in parameters)
        {
            foreach (GenericParameterConstraintHandle constraint in _types.GetGenericParameter(parameter).GetConstraints())
                Add(file, _types.GetGenericParameterConstraint(constraint).Type);
        }
    }

    private void AddAttributes(string file, CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttributeHandle attribute in attributes)
            Add(file, _types.GetCustomAttribute(attribute).Constructor);
    }

    private void AddFile(string file, string? used)
    {
        if (used is not null && used != file)
            _found.Add((file, used));
    }

    /// <summary>The file of the outermost type around a type.</summary>
    private string? Home(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _types.GetTypeDefinition(handle);
        while (type.GetDeclaringType() is { IsNil: false } outer)
            type = _types.GetTypeDefinition(outer);
        string name = _types.GetString(type.Name).Split('`')[0], space = _types.GetString(type.Namespace);
        return _sources.FileOf(space + "." + name);
    }

    private string? FileOf(MethodDefinitionHandle method)
    {
        MethodDebugInformation lines = _symbols.GetMethodDebugInformation(method);
        foreach (SequencePoint point in lines.GetSequencePoints())
            return _sources.Relative(_symbols.GetString(_symbols.GetDocument(point.Document).Name));
        return null;
    }

    /// <summary>Reports each type that a signature names; the answers do not matter.</summary>
    private sealed class SignatureTypes(References references, string file) : ISignatureTypeProvider<bool, object?>
    {
        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            references.Add(file, handle);
            return true;
        }

        public bool GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        {
            references.Add(file, handle);
            return true;
        }

        public bool GetArrayType(bool elementType, ArrayShape shape) => true;
        public bool GetByReferenceType(bool elementType) => true;
        public bool GetFunctionPointerType(MethodSignature<bool> signature) => true;
        public bool GetGenericInstantiation(bool genericType, System.Collections.Immutable.ImmutableArray<bool> typeArguments) => true;
        public bool GetGenericMethodParameter(object? genericContext, int index) => true;
        public bool GetGenericTypeParameter(object? genericContext, int index) => true;
        public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => true;
        public bool GetPinnedType(bool elementType) => true;
        public bool GetPointerType(bool elementType) => true;
        public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => true;
        public bool GetSZArrayType(bool elementType) => true;
        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => true;
    }
}
