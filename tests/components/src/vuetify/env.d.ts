declare module 'vuetify/styles';
